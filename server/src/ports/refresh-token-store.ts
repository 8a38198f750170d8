import type { RefreshToken } from '../models/refresh-token.ts';

export interface RefreshTokenStore {
  create(token: RefreshToken): Promise<void>;
  find(hash: string): Promise<RefreshToken | undefined>;
  /** Whether the login still has a token, used or not: false once it was ended. */
  hasFamily(familyId: string): Promise<boolean>;
  /** Marks `hash` used and stores its successor in one step; of many at once, exactly one gets true. */
  rotate(hash: string, successor: RefreshToken, usedAt: Date): Promise<boolean>;
  /** Ends every token of one login. */
  deleteFamily(familyId: string): Promise<void>;
  /** Removes the tokens whose `expiresAt` is `now` or earlier. */
  deleteExpired(now: Date): Promise<void>;
}
