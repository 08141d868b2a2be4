#!lua flags=allow-oom
-- Whose protocol is spoken in this space: that of whoever came first.
-- KEYS: 1 the marker   ARGV: 1 ours   → what stands there now
local there = redis.pcall('GET', KEYS[1])
if type(there) == 'string' then return there end
if type(there) == 'table' then return 'something else' end
redis.call('SET', KEYS[1], ARGV[1])
return ARGV[1]
