import { ReplyError } from 'ioredis';
import { told, type Told } from '../../errors/told.ts';

/** What Redis says, by the first word of its error replies: the part that is made for programs. */
const replies = new Map([
  ['WRONGPASS', told`Redis refuses the user name or the password: correct them in \`REDIS_URL\`.`],
  ['NOAUTH', told`Redis asks for a password: add it to \`REDIS_URL\`.`],
  ['NOPERM', told`Redis does not permit its user what this service does: give it all keys and channels it is to use.`],
  ['LOADING', told`Redis is loading its data: it is used as soon as it has.`],
  ['READONLY', told`Redis is a read-only replica: \`REDIS_URL\` must name the primary.`],
  ['MASTERDOWN', told`Redis is a replica without its primary: \`REDIS_URL\` must name the primary.`],
  ['MOVED', told`Redis is a cluster: \`REDIS_URL\` must name a single server.`],
  ['OOM', told`Redis is out of memory: raise its \`maxmemory\`, or find what else fills it.`],
  ['MISCONF', told`Redis cannot save its data and refuses to write: its log has the reason.`],
]);

/** The first word of an error reply, e.g. `OOM`; undefined for any other error. */
export function replyCode(error: unknown): string | undefined {
  return error instanceof (ReplyError as typeof Error) ? error.message.split(' ', 1)[0] : undefined;
}

/** In one sentence, without address or password: what is wrong with Redis and what to do. */
export function whyRedisFailed(error: unknown): Told {
  const reply = replyCode(error);
  if (reply !== undefined) {
    return (
      replies.get(reply) ?? told`Redis refuses a command (${reply}): its version or its configuration does not fit.`
    );
  }
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === undefined
    ? told`Redis does not answer: check that it runs and that \`REDIS_URL\` names it.`
    : told`Redis cannot be reached (${code}): check that it runs and that \`REDIS_URL\` names it.`;
}
