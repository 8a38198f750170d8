import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { replyCode } from './redis-errors.ts';

export type ScriptArgument = string | number;

/** A script that Redis runs as one step; its text is sent only when Redis does not know it. */
export function createRedisScript(
  lua: string,
): (redis: Redis, keys: readonly string[], values: readonly ScriptArgument[]) => Promise<unknown> {
  const sha = createHash('sha1').update(lua).digest('hex');
  return async (redis, keys, values) => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...values);
    } catch (error) {
      if (replyCode(error) !== 'NOSCRIPT') throw error;
      return redis.eval(lua, keys.length, ...keys, ...values);
    }
  };
}
