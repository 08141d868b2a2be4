-- Removes a copy that was found to be unusable, unless somebody has replaced it since.
-- KEYS: 1 the value   ARGV: 1 SHA-1 of what was read, empty when it was no string   → 1 removed, 0 not
if redis.call('TYPE', KEYS[1]).ok ~= 'string' then
  if ARGV[1] ~= '' then return 0 end
  return redis.call('UNLINK', KEYS[1])
end
if ARGV[1] == '' or redis.sha1hex(redis.call('GET', KEYS[1])) ~= ARGV[1] then return 0 end
return redis.call('UNLINK', KEYS[1])
