import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RateDecision, RateLimits, RateRule } from '../../ports/rate-limits.ts';
import type { RedisConnection } from '../redis/redis-connection.ts';
import { unlessAway } from '../redis/unless-away.ts';
import { createLimitMirror } from './limit-mirror.ts';
import { beatScript, takeScript } from './limit-scripts.ts';

export interface RedisRateLimitsOptions {
  connection: RedisConnection;
  /** Milliseconds. By default Redis tells the time, so the clocks of services may differ. */
  now?: () => number;
  /** How many names this service remembers for the time without Redis. */
  maxNames?: number;
}

const defaultMaxNames = 100_000;
const beatMs = 2000;
/** How long a service counts that is not heard of any more. */
const memberMs = 2 * 60 * 1000;
/** When it is looked whether the others have agreed. */
const agreementPausesMs = [5, 10, 20, 40, 80];
/** How long nobody is waited for after somebody did not agree. */
const silenceMs = 2000;
const silentRetryMs = 3000;

/** `ask`: it is more than the share of this service, and the others have not agreed yet. */
type Outcome = 'allowed' | 'refused' | 'ask';
/** See `takeScript`. */
type ScriptReply = [Outcome, number, number, string, number, number, number, number];

interface Reply extends RateDecision {
  outcome: Outcome;
}

interface Change {
  cost: number;
  /** Id of the window that this service agrees to use nothing of without Redis; '' for none. */
  agreesTo: string;
}

/**
 * Limits that hold for all services together. While Redis is away, each goes on with its share of a limit,
 * `limit / services`, of which it has used what it used before, and refuses the rest; when Redis is back it hears of
 * these uses before it decides again. All services together never allow more than the limit, because a service that
 * wants more than its share of a window, with Redis there, asks the others first: each agrees by using nothing of that
 * window without Redis. Nobody waits longer than 200 ms for an answer; then, and while one of them is cut off, a
 * service has its share only. A service that is cut off for minutes while others reach Redis, or that joined during
 * the window, comes on top. Services are counted by heartbeats; one alone may use the whole limit.
 */
export function openRedisRateLimits(options: RedisRateLimitsOptions): RateLimits & AsyncDisposable {
  const { connection, maxNames = defaultMaxNames, now: givenNow } = options;
  const now = givenNow ?? (() => Math.floor(performance.now()));
  const me = randomUUID();
  let windowCount = 0;
  const newWindowId = (): string => `${me}:${(windowCount += 1)}`;
  const mirror = createLimitMirror({ now, newWindowId, maxNames });
  const services = createPeak(now);
  const membersKey = `${connection.prefix}limits:services`;
  const channel = `${connection.prefix}limits:asked`;
  const windowKey = (name: string): string => `${connection.prefix}limit:${name}`;
  const common = (): (string | number)[] => [me, memberMs, givenNow?.() ?? ''];
  let silentUntil = -Infinity;

  const send = async (name: string, { limit, windowMs }: RateRule, { cost, agreesTo }: Change): Promise<Reply> => {
    const told = mirror.tell(name);
    const values = [name, channel, newWindowId(), agreesTo, limit, windowMs, cost];
    const reply = (await connection.run((redis) =>
      takeScript(
        redis,
        [membersKey, windowKey(name)],
        [...common(), ...values, told.id, told.leftMs, told.own, told.unsent],
      ),
    )) as ScriptReply;
    const [outcome, remaining, count, id, leftMs, used, own, agreed] = reply;
    services.see(count);
    mirror.learn(name, { id, leftMs, used, own, agreed: agreed === 1 }, told);
    const allowed = outcome === 'allowed';
    return { outcome, allowed, remaining, retryAfterMs: allowed ? 0 : leftMs };
  };
  const takeTogether = async (name: string, rule: RateRule, cost: number): Promise<Reply> => {
    let reply = await send(name, rule, { cost, agreesTo: '' });
    for (const pauseMs of now() < silentUntil ? [] : agreementPausesMs) {
      if (reply.outcome !== 'ask') return reply;
      await pause(pauseMs);
      reply = await send(name, rule, { cost, agreesTo: '' });
    }
    if (reply.outcome !== 'ask') return reply;
    silentUntil = now() + silenceMs;
    return { ...reply, retryAfterMs: Math.min(reply.retryAfterMs, silentRetryMs) };
  };
  const agree = (message: string): void => {
    const { name, id, left } = JSON.parse(message) as { name: string; id: string; left: number };
    mirror.agree(name, { id, leftMs: left });
    void unlessAway(send(name, { limit: 0, windowMs: 0 }, { cost: 0, agreesTo: id }));
  };
  const beat = async (): Promise<void> => {
    const count = await unlessAway(connection.run((redis) => beatScript(redis, [membersKey], common())));
    if (count !== undefined) services.see(count as number);
  };
  const stopListening = connection.listen(channel, agree);
  const stopFollowing = connection.onChange((usable) => usable && void beat());
  const timer = setInterval(() => void beat(), beatMs).unref();

  return {
    async take(name, rule, cost = 1) {
      const reply = await unlessAway(takeTogether(name, rule, cost));
      if (reply === undefined) return mirror.takeAlone(name, rule, { cost, services: services.highest() });
      return { allowed: reply.allowed, remaining: reply.remaining, retryAfterMs: reply.retryAfterMs };
    },
    async reset(name) {
      mirror.forget(name);
      await unlessAway(connection.run((redis) => redis.del(windowKey(name))));
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stopFollowing();
      stopListening();
      await unlessAway(connection.run((redis) => redis.zrem(membersKey, me)));
    },
  };
}

/** The highest number of services seen lately, so that losing sight of one makes no share larger at once. */
function createPeak(now: () => number): { see(count: number): void; highest(): number } {
  let peak = { count: 1, at: now() };
  return {
    see(count) {
      if (count >= peak.count || now() - peak.at > memberMs) peak = { count, at: now() };
    },
    highest: () => peak.count,
  };
}
