export interface RefreshToken {
  /** SHA-256 of the token, hex: the primary key. */
  hash: string;
  /** All tokens that descend from one login. */
  familyId: string;
  userId: string;
  sessionVersion: number;
  /** Absolute end of the login, kept through every rotation. */
  expiresAt: Date;
  usedAt: Date | null;
}
