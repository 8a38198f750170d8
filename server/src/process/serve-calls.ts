import { isAppError } from '../errors/app-error.ts';
import type { ProcessCall, ProcessReply } from './process-calls.ts';

/** What a process can be asked, by name; what they resolve to or reject with goes back to the caller. */
export type CallMethods = Readonly<Record<string, (argument: never) => unknown>>;

/** The other end of `startCalledProcess`: answers calls one after the other, until whoever started it is gone. */
export function serveCalls(methods: CallMethods): void {
  let last = Promise.resolve();
  process.on('message', (call: ProcessCall) => {
    last = last.then(async () => void process.send?.(await answer(methods, call)));
  });
  process.on('disconnect', () => process.exit());
}

async function answer(methods: CallMethods, { id, method, argument }: ProcessCall): Promise<ProcessReply> {
  try {
    return { id, result: await methods[method]!(argument as never) };
  } catch (error) {
    if (!isAppError(error)) return { id, error: { code: 'internal', detail: undefined, cause: describe(error) } };
    return {
      id,
      error: {
        code: error.code,
        detail: error.told,
        cause: error.cause === undefined ? undefined : describe(error.cause),
      },
    };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
