#!lua flags=allow-oom
-- Tells everybody what was removed.
-- KEYS: 1 stream   ARGV: 1 stream length, 2 origin, 3 database, 4 scope
return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'o', ARGV[2], 'd', ARGV[3], 's', ARGV[4])
