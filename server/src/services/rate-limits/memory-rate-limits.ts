import type { RateLimits } from '../../ports/rate-limits.ts';

interface Window {
  used: number;
  /** Milliseconds since the epoch. */
  endsAt: number;
}

const defaultMaxNames = 100_000;

export interface MemoryRateLimitsOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** How many names are counted at once; beyond it the one that was counted first is forgotten. */
  maxNames?: number;
}

/** Rate limits of this process alone. */
export function createMemoryRateLimits({ now, maxNames = defaultMaxNames }: MemoryRateLimitsOptions): RateLimits {
  const windows = new Map<string, Window>();

  const openWindow = (name: string): Window | undefined => {
    const window = windows.get(name);
    if (window === undefined || window.endsAt > now()) return window;
    windows.delete(name);
    return undefined;
  };
  const makeRoom = (): void => {
    const [first] = windows.keys();
    if (windows.size >= maxNames && first !== undefined) windows.delete(first);
  };

  return {
    async take(name, { limit, windowMs }, cost = 1) {
      const window = openWindow(name);
      const used = window?.used ?? 0;
      const allowed = used + Math.max(cost, 1) <= limit;
      if (allowed && cost > 0) {
        if (window === undefined) {
          makeRoom();
          windows.set(name, { used: cost, endsAt: now() + windowMs });
        } else window.used += cost;
      }
      const remaining = Math.max(0, limit - used - (allowed ? cost : 0));
      return { allowed, remaining, retryAfterMs: allowed ? 0 : (window?.endsAt ?? now() + windowMs) - now() };
    },
    async reset(name) {
      windows.delete(name);
    },
  };
}
