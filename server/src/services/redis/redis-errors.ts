import { ReplyError } from 'ioredis';
import type { ToldTrouble } from '../../errors/part-troubles.ts';

/** What Redis says, by the first word of its error replies: the part that is made for programs. */
const replies: ReadonlyMap<string, ToldTrouble> = new Map([
  [
    'WRONGPASS',
    {
      trouble: 'redis_wrong_password',
      detail: 'Redis refuses the user name or the password: correct them in `REDIS_URL`.',
    },
  ],
  ['NOAUTH', { trouble: 'redis_password_missing', detail: 'Redis asks for a password: add it to `REDIS_URL`.' }],
  [
    'NOPERM',
    {
      trouble: 'redis_not_permitted',
      detail: 'Redis does not permit its user what this service does: give it all keys and channels it is to use.',
    },
  ],
  ['LOADING', { trouble: 'redis_loading', detail: 'Redis is loading its data: it is used as soon as it has.' }],
  [
    'READONLY',
    { trouble: 'redis_replica', detail: 'Redis is a read-only replica: `REDIS_URL` must name the primary.' },
  ],
  [
    'MASTERDOWN',
    { trouble: 'redis_replica', detail: 'Redis is a replica without its primary: `REDIS_URL` must name the primary.' },
  ],
  ['MOVED', { trouble: 'redis_cluster', detail: 'Redis is a cluster: `REDIS_URL` must name a single server.' }],
  [
    'OOM',
    {
      trouble: 'redis_memory_full',
      detail: 'Redis is out of memory: raise its `maxmemory`, or find what else fills it.',
    },
  ],
  [
    'MISCONF',
    {
      trouble: 'redis_cannot_save',
      detail: 'Redis cannot save its data and refuses to write: its log has the reason.',
    },
  ],
]);

/** The first word of an error reply, e.g. `OOM`; undefined for any other error. */
export function replyCode(error: unknown): string | undefined {
  return error instanceof (ReplyError as typeof Error) ? error.message.split(' ', 1)[0] : undefined;
}

/** In one sentence, without address or password: what is wrong with Redis and what to do. */
export function whyRedisFailed(error: unknown): Partial<ToldTrouble> & Pick<ToldTrouble, 'detail'> {
  const reply = replyCode(error);
  if (reply !== undefined) {
    const detail = `Redis refuses a command (${reply}): its version or its configuration does not fit.`;
    return replies.get(reply) ?? { detail };
  }
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  const what = code === undefined ? 'does not answer' : `cannot be reached (${code})`;
  const detail = `Redis ${what}: check that it runs and that \`REDIS_URL\` names it.`;
  return { trouble: 'redis_unreachable', detail };
}
