export type Role = 'admin' | 'member';

export interface User {
  id: string;
  /** Unique, compared lower-cased. */
  username: string;
  role: Role;
  /** Names that documents may list among their `readers`. */
  groups: readonly string[];
  /** argon2id in PHC form. */
  passwordHash: string;
  /** Raised to end every session of the user at once. */
  sessionVersion: number;
  disabled: boolean;
  createdAt: Date;
}
