import { isAppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { isDiskFull } from '../../../process/disk-full.ts';
import type { TrainerReply } from './messages.ts';

/** What a trainer process says of an error: words of the system go into the cause, which is for the log. */
export function failureReply(error: unknown): TrainerReply {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (isAppError(error)) return { type: 'failed', code: error.code, detail: error.told, cause };
  if (isDiskFull(error)) {
    return {
      type: 'failed',
      code: 'disk_full',
      detail: told`Free some space; the training goes on from its last checkpoint.`,
      cause,
    };
  }
  return { type: 'failed', code: 'training_failed', detail: told`The trainer had a fault; see the log.`, cause };
}
