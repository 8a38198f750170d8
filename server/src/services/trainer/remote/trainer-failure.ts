import { AppError } from '../../../errors/app-error.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { told, type Told } from '../../../errors/told.ts';

export const retryAfterSeconds = 10;

/** What the error of a reply or of a job says, by its code; the words may quote examples and stay in the cause. */
const meanings: Readonly<Record<string, { code: ErrorCode; detail: Told }>> = {
  unsupported_model: { code: 'trainer_unavailable', detail: told`The trainer of TRAINER_URL cannot train this model.` },
  invalid_training_file: {
    code: 'training_failed',
    detail: told`The trainer refuses the examples: one may be longer than the context of the model.`,
  },
  disk_full: { code: 'disk_full', detail: told`The disk of the trainer is full.` },
  file_too_large: { code: 'training_failed', detail: told`The trainer does not take files as large as these.` },
  timeout: { code: 'timeout', detail: told`The trainer allows no training as long as this one.` },
  loss_not_finite: { code: 'training_failed', detail: told`The loss is no number: choose a smaller learning rate.` },
  trainer_died: { code: 'training_failed', detail: told`The trainer died again and again.` },
};

/** What failed on the trainer, as it tells it; undefined for a code that says nothing to us. */
export function toldFailure(code: string | null | undefined, cause: unknown): AppError | undefined {
  const meaning = Object.hasOwn(meanings, code ?? '') ? meanings[code ?? ''] : undefined;
  return meaning && new AppError(meaning.code, { detail: meaning.detail, cause });
}

export interface FailedReply {
  status: number;
  /** The body, or the beginning of it. */
  text: string;
}

/** The error that a reply with a status of failure stands for; not thrown. */
export function replyFailure({ status, text }: FailedReply): AppError {
  const cause = new Error(`the trainer answered ${status}: ${text.slice(0, 500)}`);
  const known = toldFailure(codeOf(text), cause);
  if (known !== undefined) return known;
  if (status === 401 || status === 403) {
    return away(told`The trainer does not take the key: check TRAINER_API_KEY.`, cause);
  }
  if (status === 429 || status >= 500) return away(told`The trainer is busy or in trouble: look how it is.`, cause);
  if (status >= 300 && status < 400) {
    return unfit(told`The trainer redirects: name the address it redirects to in TRAINER_URL.`, cause);
  }
  if ([404, 405].includes(status)) {
    return unfit(told`What answers at TRAINER_URL does not have what a training needs: check the address.`, cause);
  }
  return new AppError('training_failed', { detail: told`The trainer refused the training with ${status}.`, cause });
}

export function unreachable(cause: unknown): AppError {
  return away(told`The trainer cannot be reached: check that it runs, and TRAINER_URL.`, cause);
}

/** It sent what no trainer sends. */
export function malformed(cause: unknown): AppError {
  return unfit(told`The trainer sent a reply that cannot be read: check TRAINER_URL.`, cause);
}

function away(detail: Told, cause: unknown): AppError {
  return new AppError('part_unavailable', { detail, retryAfterSeconds, cause });
}

function unfit(detail: Told, cause: unknown): AppError {
  return new AppError('trainer_unavailable', { detail, cause });
}

function codeOf(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' ? error.code : undefined;
  } catch {
    return undefined;
  }
}
