import { AppError } from '../../errors/app-error.ts';

export interface BoundedQueue {
  /** Rejects with `overloaded` when a task added now would be refused. */
  assertRoom(): void;
  /** Runs the task when it is its turn; rejects with `overloaded` when all places are taken. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** At most `atOnce` tasks run and at most `waiting` wait, in order of arrival. */
export function createBoundedQueue({ atOnce, waiting }: { atOnce: number; waiting: number }): BoundedQueue {
  let running = 0;
  const line: (() => void)[] = [];

  const assertRoom = (): void => {
    if (running < atOnce || line.length < waiting) return;
    throw new AppError('overloaded', { retryAfterSeconds: 1 });
  };
  const leave = (): void => {
    const next = line.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    assertRoom,
    async run(task) {
      assertRoom();
      if (running < atOnce) running += 1;
      else await new Promise<void>((resolve) => line.push(resolve));
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
