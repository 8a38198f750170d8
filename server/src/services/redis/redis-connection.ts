import { Redis, type RedisOptions } from 'ioredis';
import type { PartHealth } from '../../models/part-health.ts';
import { createRedisGate } from './redis-gate.ts';
import { checkRedis } from './redis-health.ts';

/** One connection for all that uses Redis; it comes and goes with Redis, and nothing here throws because Redis is away. */
export interface RedisConnection extends AsyncDisposable {
  /** What every key begins with. */
  readonly prefix: string;
  /** For libraries that want the client itself; they must use it inside `run` only. */
  readonly client: Redis;
  /**
   * Resolves to what `use` resolves to, which only speaks with Redis. Rejects with `part_unavailable` within 300 ms
   * (one second at start-up), and at once after a failure until Redis has answered again.
   */
  run<T>(use: (redis: Redis) => Promise<T>): Promise<T>;
  /** Calls back when Redis has come or gone; returns the way to stop. */
  onChange(listener: (usable: boolean) => void): () => void;
  /** Hears what is published, over a connection of its own, as long as Redis is there; returns the way to stop. */
  listen(channel: string, heard: (message: string) => void): () => void;
  check(): Promise<PartHealth>;
}

export interface RedisConnectionOptions {
  /** `redis://` or, with TLS, `rediss://`; user, password and database are in it. */
  url: string;
  /** Keeps services apart that share a Redis. */
  prefix?: string;
}

const firstRetryMs = 100;
/** So that Redis is used again soon after it is back. */
const longestRetryMs = 1000;

const clientOptions = {
  connectTimeout: 1000,
  // Of the handshake; what is asked afterwards has the shorter deadline of the gate.
  commandTimeout: 1000,
  // How long the other side may take to agree to closing.
  disconnectTimeout: 100,
  enableOfflineQueue: false,
  // What is under way when the connection breaks fails at once instead of being sent again.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  // Done here, where a failure has somebody who catches it.
  autoResubscribe: false,
  // It writes to the console; the gate asks by itself.
  enableReadyCheck: false,
  retryStrategy: (times) => Math.min(firstRetryMs * 2 ** (times - 1), longestRetryMs) * (0.75 + Math.random() / 4),
} as const satisfies RedisOptions;

/** Returns at once and connects in the background. */
export function openRedisConnection({ url, prefix = 'billumy:' }: RedisConnectionOptions): RedisConnection {
  const client = new Redis(url, clientOptions);
  const gate = createRedisGate(client);
  const subscribers = new Set<Redis>();

  return {
    prefix,
    client,
    run: gate.run,
    onChange: gate.onChange,
    listen(channel, heard) {
      const subscriber = client.duplicate();
      subscribers.add(subscriber);
      subscriber.on('error', () => undefined);
      subscriber.on('ready', () => void subscriber.subscribe(channel).catch(() => subscriber.disconnect(true)));
      subscriber.on('message', (_channel, message) => heard(message));
      // It only listens, so it would not notice that it hears nothing any more.
      const stopFollowing = gate.onChange((usable) => {
        if (!usable && subscriber.status === 'ready') subscriber.disconnect(true);
      });
      return () => {
        stopFollowing();
        subscribers.delete(subscriber);
        subscriber.disconnect();
      };
    },
    check: () => checkRedis(gate, prefix),
    async [Symbol.asyncDispose]() {
      gate.stop();
      for (const each of [client, ...subscribers]) each.disconnect();
    },
  };
}
