import type { Page, PageRequest } from '../models/page.ts';
import type { User } from '../models/user.ts';

export interface UserStore {
  /** Rejects with `already_exists` when the user name is taken, whatever its case; of two at once, one wins. */
  create(user: User): Promise<void>;
  find(id: string): Promise<User | undefined>;
  findByUsername(username: string): Promise<User | undefined>;
  /** By creation, oldest first. */
  list(page: PageRequest): Promise<Page<User>>;
  /** Rejects with `not_found`. */
  update(id: string, change: Partial<Omit<User, 'id' | 'username' | 'createdAt'>>): Promise<User>;
  /** Also removes keys and tokens of the user. */
  delete(id: string): Promise<void>;
  countAdministrators(): Promise<number>;
}
