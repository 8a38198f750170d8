import { ReplyError } from 'ioredis';

/** What Redis says, by the first word of its error replies: the part that is made for programs. */
const replies = new Map([
  ['WRONGPASS', 'Redis refuses the user name or the password: correct them in `REDIS_URL`.'],
  ['NOAUTH', 'Redis asks for a password: add it to `REDIS_URL`.'],
  ['NOPERM', 'Redis does not permit its user what this service does: give it all keys and channels it is to use.'],
  ['LOADING', 'Redis is loading its data: it is used as soon as it has.'],
  ['READONLY', 'Redis is a read-only replica: `REDIS_URL` must name the primary.'],
  ['MASTERDOWN', 'Redis is a replica without its primary: `REDIS_URL` must name the primary.'],
  ['MOVED', 'Redis is a cluster: `REDIS_URL` must name a single server.'],
  ['OOM', 'Redis is out of memory: raise its `maxmemory`, or find what else fills it.'],
  ['MISCONF', 'Redis cannot save its data and refuses to write: its log has the reason.'],
]);

/** The first word of an error reply, e.g. `OOM`; undefined for any other error. */
export function replyCode(error: unknown): string | undefined {
  return error instanceof (ReplyError as typeof Error) ? error.message.split(' ', 1)[0] : undefined;
}

/** In one sentence, without address or password: what is wrong with Redis and what to do. */
export function whyRedisFailed(error: unknown): string {
  const reply = replyCode(error);
  if (reply !== undefined) {
    return replies.get(reply) ?? `Redis refuses a command (${reply}): its version or its configuration does not fit.`;
  }
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  const what = code === undefined ? 'does not answer' : `cannot be reached (${code})`;
  return `Redis ${what}: check that it runs and that \`REDIS_URL\` names it.`;
}
