import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { openRedisConnection, type RedisConnection } from '../../src/services/redis/redis-connection.ts';

/** A Redis of which keys with fresh prefixes are written and removed again. */
export const redisUrl = process.env['BILLUMY_TEST_REDIS_URL'] ?? '';

const patientMs = 20_000;

export interface RedisBackend extends AsyncDisposable {
  readonly prefix: string;
  /** Another client, as another service would have; a patient one, because a busy machine is no failure. */
  connect(url?: string): RedisConnection;
  /** One that takes Redis for away as soon as a service would. */
  connectImpatiently(url: string): RedisConnection;
}

/** Keys of its own on the Redis of the tests; closes every connection and removes the keys. */
export function redisBackend(): RedisBackend {
  const prefix = `billumy_test_${randomBytes(6).toString('hex')}:`;
  const connections: RedisConnection[] = [];
  const keep = (connection: RedisConnection): RedisConnection => {
    connections.push(connection);
    return connection;
  };
  return {
    prefix,
    connect: (url = redisUrl) => keep(openRedisConnection({ url, prefix, answerMs: patientMs })),
    connectImpatiently: (url) => keep(openRedisConnection({ url, prefix })),
    async [Symbol.asyncDispose]() {
      await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()));
      const redis = new Redis(redisUrl);
      for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
        if ((keys as string[]).length > 0) await redis.unlink(keys as string[]);
      }
      redis.disconnect();
    },
  };
}

/** The address of the Redis of the tests, through something that listens on this port. */
export function through({ port }: { port: number }): string {
  const url = new URL(redisUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}

export function redisTarget(): { host: string; port: number } {
  const { hostname, port } = new URL(redisUrl);
  return { host: hostname, port: Number(port === '' ? 6379 : port) };
}
