import type { Principal } from '../../models/principal.ts';

const freshForMs = 5000;
const maxTokens = 10_000;

export interface PrincipalCache {
  /** Who the token with this digest belongs to; asks `load` when nobody did in the last seconds. */
  get(digest: string, load: () => Promise<Verified>): Promise<Principal>;
  /** After anything was revoked: the next request with any token is checked again. */
  clear(): void;
}

export interface Verified {
  principal: Principal;
  /** When the token itself ends; null: never. */
  expiresAt: Date | null;
}

/**
 * Spares the signature and the database on every request. What another process revokes is noticed after the five
 * seconds that a token stays fresh here; what this one revokes, at once.
 */
export function createPrincipalCache(now: () => Date): PrincipalCache {
  const known = new Map<string, { principal: Principal; freshUntil: number }>();
  let generation = 0;
  return {
    async get(digest, load) {
      const time = now().getTime();
      const fresh = known.get(digest);
      if (fresh !== undefined && time < fresh.freshUntil) return fresh.principal;
      const startedIn = generation;
      const { principal, expiresAt } = await load();
      // What was read before a revocation may be wrong after it: good for this request, not for the next.
      if (startedIn === generation) {
        if (known.size >= maxTokens) known.clear();
        known.set(digest, { principal, freshUntil: Math.min(time + freshForMs, expiresAt?.getTime() ?? Infinity) });
      }
      return principal;
    },
    clear() {
      generation += 1;
      known.clear();
    },
  };
}
