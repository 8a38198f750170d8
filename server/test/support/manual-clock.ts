import type { Clock } from '../../src/services/engine/clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass, and calls back who waited for it. */
  advance(milliseconds: number): void;
}

/** Time that passes when a test says so. */
export function createManualClock(start = 1_000_000): ManualClock {
  let now = start;
  const waiting = new Set<{ at: number; callBack: () => void }>();
  return {
    now: () => now,
    after(milliseconds, callBack) {
      const entry = { at: now + milliseconds, callBack };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = [...waiting].filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.callBack();
      }
      now = end;
    },
  };
}
