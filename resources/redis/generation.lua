#!lua flags=allow-oom
-- Voids every lease at once, before a walk over keys that cannot be atomic. Random, never a counter: a counter that was
-- evicted would start again and match an old lease.
-- KEYS: 1 generation   ARGV: 1 a random name
redis.call('SET', KEYS[1], ARGV[1])
return 1
