import type { RefreshToken } from '../models/refresh-token.ts';

export interface RefreshTokenStore {
  create(token: RefreshToken): Promise<void>;
  find(hash: string): Promise<RefreshToken | undefined>;
  /** Marks `hash` used and stores its successor in one step; of many at once, exactly one gets true. */
  rotate(hash: string, successor: RefreshToken, usedAt: Date): Promise<boolean>;
  /** Ends every token of one login. */
  deleteFamily(familyId: string): Promise<void>;
  deleteExpired(now: Date): Promise<void>;
}
