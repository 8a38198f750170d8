import type { ChildMessage } from '../messages.ts';

type FailureCode = Extract<ChildMessage, { type: 'failed' }>['code'];

/** A reason that the caller is told; any other error in the child is a failure of the engine. */
export class EngineFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** The message that tells the parent why a call ended. */
export function failedMessage(id: number, error: unknown): ChildMessage {
  const code = error instanceof EngineFailure ? error.code : 'engine_failed';
  return { type: 'failed', id, code, detail: error instanceof Error ? error.message : String(error) };
}
