import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RateDecision, RateRule } from '../../ports/rate-limits.ts';
import type { RedisConnection } from '../redis/redis-connection.ts';
import { unlessAway } from '../redis/unless-away.ts';
import type { LimitMirror } from './limit-mirror.ts';
import { beatScript, takeScript } from './limit-scripts.ts';

/** The limits in Redis, which decides. */
export interface SharedLimits extends AsyncDisposable {
  /** Rejects with `part_unavailable`; Redis may have counted the use then, and counts it once if it is told of it. */
  take(name: string, rule: RateRule, cost: number): Promise<RateDecision>;
  /** Rejects with `part_unavailable`. */
  reset(name: string): Promise<void>;
  /** How many services share the limits: the most that were seen lately, and at least this one. */
  services(): number;
}

export interface SharedLimitsOptions {
  connection: RedisConnection;
  /** Learns all that Redis says, and what was agreed. */
  mirror: LimitMirror;
  newWindowId: () => string;
  now: () => number;
  /** What Redis takes for the time; '' for its own. */
  timeOfRedis: () => number | '';
}

const beatMs = 2000;
/** How long a service counts that is not heard of any more. */
const memberMs = 2 * 60 * 1000;
/** When it is looked whether the others have agreed. */
const agreementPausesMs = [5, 10, 20, 40, 80, 160];
/** How long nobody is waited for after somebody did not agree. */
const silenceMs = 2000;
const silentRetryMs = 3000;

/** `ask`: it is more than the share of this service, and the others have been asked. */
type Outcome = 'allowed' | 'refused' | 'ask';
/** See `takeScript`. */
type ScriptReply = [Outcome, number, number, string, number, number, number, number];

interface Change {
  cost: number;
  /** Id of the window that this service agrees to use nothing of without Redis; '' for none. */
  agreesTo: string;
}

export function openSharedLimits(options: SharedLimitsOptions): SharedLimits {
  const { connection, mirror, newWindowId, now, timeOfRedis } = options;
  const me = randomUUID();
  const membersKey = `${connection.prefix}limits:services`;
  const channel = `${connection.prefix}limits:asked`;
  const windowKey = (name: string): string => `${connection.prefix}limit:${name}`;
  const services = createPeak(now);
  let silentUntil = -Infinity;

  const send = async (name: string, { limit, windowMs }: RateRule, { cost, agreesTo }: Change) => {
    const told = mirror.tell(name);
    const asked = [name, channel, newWindowId(), agreesTo, limit, windowMs, cost];
    const values = [me, memberMs, timeOfRedis(), ...asked, told.id, told.leftMs, told.own, told.unsent];
    const reply = await connection.run((redis) => takeScript(redis, [membersKey, windowKey(name)], values));
    const [outcome, remaining, count, id, leftMs, used, own, agreed] = reply as ScriptReply;
    services.see(count);
    mirror.learn(name, { id, leftMs, used, own, agreed: agreed === 1 }, told);
    const allowed = outcome === 'allowed';
    return { asked: outcome === 'ask', decision: { allowed, remaining, retryAfterMs: allowed ? 0 : leftMs } };
  };
  const agree = (message: string): void => {
    const ask = parseAsk(message);
    if (ask === undefined) return;
    mirror.agree(ask.name, { id: ask.id, leftMs: ask.left });
    void unlessAway(send(ask.name, { limit: 0, windowMs: 0 }, { cost: 0, agreesTo: ask.id }));
  };
  const beat = async (): Promise<void> => {
    const values = [me, memberMs, timeOfRedis()];
    const count = await unlessAway(connection.run((redis) => beatScript(redis, [membersKey], values)));
    if (count !== undefined) services.see(count as number);
  };
  const stopListening = connection.listen(channel, agree);
  const stopFollowing = connection.onChange((usable) => usable && void beat());
  const timer = setInterval(() => void beat(), beatMs).unref();

  return {
    async take(name, rule, cost) {
      const change = { cost, agreesTo: '' };
      let { asked, decision } = await send(name, rule, change);
      for (const pauseMs of now() < silentUntil ? [] : agreementPausesMs) {
        if (!asked) return decision;
        await pause(pauseMs);
        ({ asked, decision } = await send(name, rule, change));
      }
      if (!asked) return decision;
      silentUntil = now() + silenceMs;
      return { ...decision, retryAfterMs: Math.min(decision.retryAfterMs, silentRetryMs) };
    },
    async reset(name) {
      await connection.run((redis) => redis.del(windowKey(name)));
    },
    services: services.highest,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stopFollowing();
      stopListening();
      await unlessAway(connection.run((redis) => redis.zrem(membersKey, me)));
    },
  };
}

/** What `takeScript` publishes; undefined for anything else, since anybody may publish. */
function parseAsk(message: string): { name: string; id: string; left: number } | undefined {
  try {
    const { name, id, left } = JSON.parse(message) as Record<string, unknown>;
    if (typeof name === 'string' && typeof id === 'string' && typeof left === 'number') return { name, id, left };
  } catch {
    // No JSON.
  }
  return undefined;
}

/** The highest number seen lately, so that losing sight of a service makes no share larger at once. */
function createPeak(now: () => number): { see(count: number): void; highest(): number } {
  let peak = { count: 1, at: now() };
  return {
    see(count) {
      if (count >= peak.count || now() - peak.at > memberMs) peak = { count, at: now() };
    },
    highest: () => peak.count,
  };
}
