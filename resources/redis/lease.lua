-- Reads values that a plain GET did not find and hands out leases for what is missing: only the holder may store.
-- KEYS: 1 stream, 2 generation, then value and lease of each key
-- ARGV: 1 lease ms, then for each key a mode ('m' missing, 's' only a stale copy was there) and a token
-- Where there is no generation one is made: a lease without would be valid again once a later one was evicted.
-- → stream position, then for each key { 'hit', value, PTTL } | { 'lease' } | { 'wait' } | { 'nolease' }
local out = { '0-0' }
local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
if type(info) == 'table' and not info.err then
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then out[1] = info[i + 1] end
  end
end
local generation = redis.call('GET', KEYS[2])
if not generation then
  generation = ARGV[3]
  redis.pcall('SET', KEYS[2], generation)
end
for i = 1, (#KEYS - 2) / 2 do
  local value, lease = KEYS[2 * i + 1], KEYS[2 * i + 2]
  local mode, token = ARGV[2 * i], ARGV[2 * i + 1]
  local found = mode == 'm' and redis.pcall('GET', value)
  if type(found) == 'string' then
    out[#out + 1] = { 'hit', found, redis.call('PTTL', value) }
  else
    local taken = redis.pcall('SET', lease, generation .. '/' .. token, 'NX', 'PX', ARGV[1])
    if type(taken) == 'table' and taken.ok then
      out[#out + 1] = { 'lease' }
    elseif type(taken) == 'table' and taken.err then
      out[#out + 1] = { 'nolease' }
    else
      out[#out + 1] = { 'wait' }
    end
  end
end
return out
