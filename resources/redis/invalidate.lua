#!lua flags=allow-oom
-- Removes values and leases and tells everybody, in one step: nobody can store in between, and an invalidation works
-- on a full server too.
-- KEYS: 1 stream, then values and leases in turn   ARGV: 1 stream length, 2 origin, 3 database, 4 scope   → values that were there
local removed = 0
for i = 2, #KEYS, 2 do
  removed = removed + redis.call('UNLINK', KEYS[i])
  redis.call('UNLINK', KEYS[i + 1])
end
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'o', ARGV[2], 'd', ARGV[3], 's', ARGV[4])
return removed
