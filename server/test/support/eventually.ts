import { vi } from 'vitest';

/** Tries a check until it passes; a busy machine gets time enough. */
export function eventually(check: () => Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 30_000, interval: 20 });
}
