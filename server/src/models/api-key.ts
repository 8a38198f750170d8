import type { Dialect, Scope } from './principal.ts';

export interface ApiKey {
  /** Part of the key itself: `bil_<id>_<secret>`. */
  id: string;
  userId: string;
  name: string;
  scopes: readonly Scope[];
  /** null: every collection of its user. */
  collections: readonly string[] | null;
  /** null: every model. */
  models: readonly string[] | null;
  /** null: every one. */
  dialects: readonly Dialect[] | null;
  requestsPerMinute: number | null;
  tokensPerDay: number | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  /** SHA-256 of the secret, hex. The secret itself is shown once and never stored. */
  secretHash: string;
}
