-- Takes leases for a write or a refresh, whoever held them.
-- Where there is no generation one is made, see lease.lua.
-- KEYS: 1 generation, then the leases   ARGV: 1 lease ms, then a token for each
local generation = redis.call('GET', KEYS[1])
if not generation then
  generation = ARGV[2]
  redis.call('SET', KEYS[1], generation)
end
for i = 2, #KEYS do redis.call('SET', KEYS[i], generation .. '/' .. ARGV[i], 'PX', ARGV[1]) end
return #KEYS - 1
