import { isAppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import type { PartHealth } from '../../models/part-health.ts';
import type { RedisGate } from './redis-gate.ts';

/** Older ones lack commands that the adapters and BullMQ use. */
const oldestVersion = [6, 2] as const;

/** Tries what the adapters need, and asks Redis what it says of itself. Never `down`: without Redis the service works with less. */
export async function checkRedis(gate: RedisGate, prefix: string): Promise<PartHealth> {
  try {
    await gate.run((redis) => redis.set(`${prefix}check`, '', 'PX', 1000));
    await gate.run((redis) => redis.eval('return 1', 0));
    await gate.run((redis) => redis.publish(`${prefix}check`, ''));
  } catch (error) {
    if (!isAppError(error, 'part_unavailable')) throw error;
    return degraded(error.told ?? null);
  }
  // A user who may not ask has no less of Redis for it.
  const info = await gate.run((redis) => redis.info()).catch(() => '');
  if (isTooOld(fieldOf(info, 'redis_version'))) return degraded(told`Redis is too old: 6.2 or newer is needed.`);
  const policy = fieldOf(info, 'maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return { status: 'ok', why: null };
  return degraded(
    told`Redis may forget limits and jobs when its memory is full: set its \`maxmemory-policy\` to \`noeviction\`.`,
  );
}

function degraded(why: Told | null): PartHealth {
  return { status: 'degraded', why };
}

function fieldOf(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
}

function isTooOld(version: string | undefined): boolean {
  const [major, minor] = (version ?? '').split('.').map(Number);
  if (major === undefined || minor === undefined) return false;
  return major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
}
