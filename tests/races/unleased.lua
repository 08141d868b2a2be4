-- What fill.lua would be without leases: it stores whoever asks.
-- KEYS: 1 generation, 2 lease, 3 value   ARGV: 1 token, 2 value, 3 life ms   → 1
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
return 1
