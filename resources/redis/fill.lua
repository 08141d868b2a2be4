-- Stores a loaded value, unless its lease has been taken away since: by an invalidation, a write or its end.
-- KEYS: 1 generation, 2 lease, 3 value   ARGV: 1 token, 2 value, 3 life ms   → 1 stored, 0 refused
local generation = redis.call('GET', KEYS[1]) or ''
if redis.call('GET', KEYS[2]) ~= generation .. '/' .. ARGV[1] then return 0 end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1
