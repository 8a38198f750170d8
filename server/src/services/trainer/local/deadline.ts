const longestTimer = 2 ** 31 - 1;

/** Aborts when so much time has passed in which it ran. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  /** Runs from now on, if it does not yet. */
  run(): void;
  /** Begins anew when it runs again: nothing was done so far. */
  reset(): void;
}

export function createDeadline(milliseconds: number): Deadline {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const reset = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    signal: controller.signal,
    run() {
      timer ??= setTimeout(() => controller.abort(), Math.min(milliseconds, longestTimer));
    },
    reset,
    [Symbol.dispose]: reset,
  };
}
