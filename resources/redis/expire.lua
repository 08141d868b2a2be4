-- Ends the fresh life of values now but leaves them their stale time, as their envelope states it.
-- Negative entries, and what is no envelope, are removed.
-- KEYS: values   → how many were there
local found = 0
for _, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  if kind ~= 'none' then
    found = found + 1
    local stale = 0
    if kind == 'string' then
      local head = redis.call('GETRANGE', key, 0, 31)
      if #head == 32 and head:sub(1, 4) == 'ICE1' and head:byte(7) % 2 == 0 then
        -- created ms, ttl ms, stale ms: little-endian at 8, 16, 24
        stale = struct.unpack('<I8', head, 25)
      end
    end
    local left = redis.call('PTTL', key)
    if stale <= 0 then
      redis.call('UNLINK', key)
    elseif left < 0 or left > stale then
      redis.call('PEXPIRE', key, string.format('%.0f', stale))
    end
  end
end
return found
