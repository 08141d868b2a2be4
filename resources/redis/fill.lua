-- Stores a loaded value, unless its lease has been taken away since: by an invalidation, a write or its end.
-- KEYS: 1 generation, 2 lease, 3 value
-- ARGV: 1 token, 2 value, 3 life ms, 4 created ms: a value made later than this stays ('': none does)
-- → 1 stored, 0 refused
local generation = redis.call('GET', KEYS[1]) or ''
if redis.call('GET', KEYS[2]) ~= generation .. '/' .. ARGV[1] then return 0 end
if ARGV[4] ~= '' and redis.call('TYPE', KEYS[3]).ok == 'string' then
  local head = redis.call('GETRANGE', KEYS[3], 0, 15)
  if #head == 16 and head:sub(1, 4) == 'ICE1' then
    -- created ms: little-endian at 8
    if struct.unpack('<I8', head, 9) > tonumber(ARGV[4]) then return 0 end
  end
end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1
