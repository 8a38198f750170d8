import type { Page, PageRequest } from '../models/page.ts';
import type { Role, User } from '../models/user.ts';

export interface UserStore {
  /** Rejects with `already_exists` when the user name is taken, whatever its case; of two at once, one wins. */
  create(user: User): Promise<void>;
  find(id: string): Promise<User | undefined>;
  /** Whatever the case of the name. */
  findByUsername(username: string): Promise<User | undefined>;
  /** By creation, oldest first. Rejects with `invalid_request` when `after` is no cursor of this list. */
  list(page: PageRequest): Promise<Page<User>>;
  /**
   * Rejects with `not_found`; with `conflict`, changing nothing, when no administrator who can log in would be left:
   * of two administrators that demote each other at once, one stays.
   */
  update(id: string, change: UserChange): Promise<User>;
  /** Also removes keys and tokens of the user. Rejects as `update` does. */
  delete(id: string): Promise<void>;
  /** Those who are not disabled. */
  countAdministrators(): Promise<number>;
}

export interface UserChange {
  role?: Role;
  groups?: readonly string[];
  disabled?: boolean;
  passwordHash?: string;
  /** Raises the session version, so that every session of the user ends. */
  endSessions?: boolean;
}
