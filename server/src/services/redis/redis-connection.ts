import { Redis, type RedisOptions } from 'ioredis';
import type { PartHealth } from '../../models/part-health.ts';
import { createRedisGate } from './redis-gate.ts';
import { replyCode } from './redis-errors.ts';
import { checkRedis } from './redis-health.ts';

/** One connection for all that uses Redis; it comes and goes with Redis, and nothing here throws because Redis is away. */
export interface RedisConnection extends AsyncDisposable {
  /** What every key begins with. */
  readonly prefix: string;
  /** For libraries that want the client itself; they must use it inside `run` only. */
  readonly client: Redis;
  /**
   * Resolves to what `use` resolves to, which only speaks with Redis. Rejects with `part_unavailable` within `answerMs`
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
  /** How long Redis may take for an answer; one that takes longer is away. */
  answerMs?: number;
}

const defaultAnswerMs = 300;
/** Of all that is said when a connection begins. */
const handshakeMs = 1000;

const firstRetryMs = 100;
/** So that Redis is used again soon after it is back. */
const longestRetryMs = 1000;

const clientOptions = {
  connectTimeout: 1000,
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
export function openRedisConnection(options: RedisConnectionOptions): RedisConnection {
  const { url, prefix = 'billumy:', answerMs = defaultAnswerMs } = options;
  const client = new Redis(url, { ...clientOptions, commandTimeout: Math.max(handshakeMs, answerMs) });
  const gate = createRedisGate(client, answerMs);
  const subscribers = new Set<Redis>();

  return {
    prefix,
    client,
    run: gate.run,
    onChange: gate.onChange,
    listen(channel, heard) {
      const subscriber = openSubscriber(client, channel, heard);
      subscribers.add(subscriber);
      // It only listens, so it would not notice that it hears nothing any more.
      const stopFollowing = gate.onChange((usable) => usable || renew(subscriber));
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

function openSubscriber(client: Redis, channel: string, heard: (message: string) => void): Redis {
  const subscriber = client.duplicate();
  // What is wrong with Redis is said by the other connection.
  subscriber.on('error', () => undefined);
  subscriber.on('message', (_channel, message) => heard(message));
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).catch((error: unknown) => {
      // Asking again does not help a user who may not listen.
      if (replyCode(error) === undefined) renew(subscriber);
    });
  });
  return subscriber;
}

function renew(connection: Redis): void {
  if (connection.status === 'ready') connection.disconnect(true);
}
