import type { ChildMessage } from '../messages.ts';
import { verbatim, type Told } from '../../../../errors/told.ts';
import { ToldError } from '../../../../errors/told-error.ts';

type FailureCode = Extract<ChildMessage, { type: 'failed' }>['code'];

/** A reason that the caller is told; any other error in the child is a failure of the engine. */
export class EngineFailure extends ToldError {
  readonly code: FailureCode;

  constructor(code: FailureCode, detail: Told) {
    super(detail);
    this.code = code;
  }
}

/** The message that tells the parent why a call ended. */
export function failedMessage(id: number, error: unknown): ChildMessage {
  if (error instanceof EngineFailure) return { type: 'failed', id, code: error.code, detail: error.told };
  const message = error instanceof Error ? error.message : String(error);
  return { type: 'failed', id, code: 'engine_failed', detail: verbatim(message) };
}
