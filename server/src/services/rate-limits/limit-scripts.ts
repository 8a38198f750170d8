import { createRedisScript } from '../redis/redis-script.ts';

/**
 * The services that share the limits, in a sorted set with the time each was last heard of. One that ended without
 * saying so counts as long as it may still be at work behind a broken connection.
 */
const membersLua = `
local me, memberMs, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
redis.call('ZADD', KEYS[1], now, me)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - memberMs)
redis.call('PEXPIRE', KEYS[1], memberMs)
local members = redis.call('ZRANGE', KEYS[1], 0, -1)
`;

/** Keys: members. Arguments: service, memberMs, now or ''. Replies with the number of services. */
export const beatScript = createRedisScript(`${membersLua} return #members`);

/**
 * Keys: members, window. Arguments: see below. Replies with the outcome, what is left of the allowance, the number of
 * services, and the window as it is now: id ('' for none), time left, uses, own uses, whether this service agreed.
 */
export const takeScript = createRedisScript(`${membersLua}
local name, channel, freshId, agreesTo = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local limit, windowMs, cost = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local knownId, knownLeft, knownOwn, unsent = ARGV[11], tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local window, ownField, agreedField = KEYS[2], 'own:' .. me, 'agreed:' .. me

local stored = redis.call('HMGET', window, 'id', 'ends', 'used')
local id, ends, used = stored[1], tonumber(stored[2]), tonumber(stored[3])
if not id or ends <= now then
  redis.call('DEL', window)
  id, ends, used = false, now + windowMs, 0
end

local function numberOf(field) return tonumber(redis.call('HGET', window, field) or 0) end
local function open(newId, left)
  id, ends = newId, now + left
  redis.call('HSET', window, 'id', id, 'ends', ends, 'used', 0)
  redis.call('PEXPIRE', window, math.ceil(left))
end
local function use(amount)
  used = used + amount
  redis.call('HINCRBY', window, 'used', amount)
  redis.call('HINCRBY', window, ownField, amount)
end

-- Uses that Redis has not heard of are told as totals, so that telling them twice counts them once.
if unsent > 0 then
  if not id then open(knownId, knownLeft) end
  if id == knownId then
    use(math.max(0, knownOwn + unsent - numberOf(ownField)))
  else
    local field = 'from:' .. me .. ':' .. knownId
    use(math.max(0, unsent - numberOf(field)))
    redis.call('HSET', window, field, math.max(unsent, numberOf(field)))
  end
end

if id and agreesTo == id then redis.call('HSET', window, agreedField, 1) end
local function allAgreed()
  for _, member in ipairs(members) do
    if redis.call('HEXISTS', window, 'agreed:' .. member) == 0 then return false end
  end
  return true
end

local room, share = math.max(0, limit - used), math.floor(limit / #members)
local allowance = room
if cost > 0 and #members > 1 and share > 0 then
  local rest = math.max(0, share - numberOf(ownField))
  if cost > rest and not (id and allAgreed()) then allowance = math.min(room, rest) end
end

local outcome = 'refused'
if math.max(cost, 1) <= allowance then
  outcome = 'allowed'
  if cost > 0 then
    if not id then open(freshId, windowMs) end
    use(cost)
    allowance = room - cost
  end
elseif math.max(cost, 1) <= room then
  outcome = 'ask'
  if not id then open(freshId, windowMs) end
  redis.call('PUBLISH', channel, cjson.encode({ name = name, id = id, left = ends - now }))
end
return { outcome, allowance, #members, id or '', math.ceil(ends - now), used, numberOf(ownField),
  redis.call('HEXISTS', window, agreedField) }
`);
