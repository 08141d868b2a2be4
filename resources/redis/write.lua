-- A new truth: stores it and tells everybody. When another writer has claimed the key since, its value is the newer
-- one, and which of the two is stored here nobody knows: then the copy goes.
-- KEYS: 1 stream, 2 generation, 3 lease, 4 value
-- ARGV: 1 token ('': no claim), 2 value ('': remove only), 3 life ms, then stream length, origin, database, scope
local generation = redis.call('GET', KEYS[2]) or ''
local mine = ARGV[1] == '' or redis.call('GET', KEYS[3]) == generation .. '/' .. ARGV[1]
if mine and ARGV[2] ~= '' then
  redis.call('SET', KEYS[4], ARGV[2], 'PX', ARGV[3])
else
  redis.call('UNLINK', KEYS[4])
end
redis.call('UNLINK', KEYS[3])
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[4], '*', 'o', ARGV[5], 'd', ARGV[6], 's', ARGV[7])
return mine and 1 or 0
