import { vi } from 'vitest';

/** Tries a check until it passes; a busy machine gets time enough. */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 60_000, interval: 20 });
}
