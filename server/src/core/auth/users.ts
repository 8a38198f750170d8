import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { newId } from '../../models/new-id.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Principal } from '../../models/principal.ts';
import type { Role, User } from '../../models/user.ts';
import type { ApiKeyStore } from '../../ports/api-key-store.ts';
import type { UserChange, UserStore } from '../../ports/user-store.ts';
import { checkNewPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { PrincipalCache } from './principal-cache.ts';
import { scopesOfRole } from './role-scopes.ts';
import { newSecret } from './secret-text.ts';
import { canonicalUsername, checkNewUsername } from './username.ts';

export interface NewUser {
  username: string;
  password: string;
  role: Role;
  groups: readonly string[];
}

export interface UserUpdate {
  role?: Role | undefined;
  groups?: readonly string[] | undefined;
  disabled?: boolean | undefined;
  password?: string | undefined;
}

/** The accounts. Whoever calls these is an administrator: routes ask for the scope. */
export interface Users {
  /** Rejects with `already_exists`; with `invalid_request` for a weak password or an impossible name. */
  create(wanted: NewUser): Promise<User>;
  /** By creation, oldest first. */
  list(page: PageRequest): Promise<Page<User>>;
  /** Rejects with `not_found`. */
  get(id: string): Promise<User>;
  /**
   * In force at once. A new password or disabling ends the logins of the user; an administrator who becomes a member
   * loses the keys that do more than a member may. Rejects with `not_found`, `invalid_request`, `conflict` for the last
   * administrator, and `forbidden` for one's own password, which takes the current one to change.
   */
  update(principal: Principal, id: string, change: UserUpdate): Promise<User>;
  /** Rejects with `not_found`, and with `conflict` for the last administrator. */
  delete(id: string): Promise<void>;
  /** Whether somebody can administer this installation. */
  hasAdministrator(): Promise<boolean>;
  /** Makes the first administrator; does nothing when there is one. Without a password, one is made and returned. */
  ensureAdministrator(wanted: {
    username: string;
    password: string | null;
  }): Promise<{ created: boolean; generatedPassword: string | null }>;
}

export interface UsersPorts {
  users: UserStore;
  apiKeys: ApiKeyStore;
  passwords: Passwords;
  principals: PrincipalCache;
  now: () => Date;
}

export function createUsers(ports: UsersPorts): Users {
  const { users, principals } = ports;
  const hasAdministrator = async (): Promise<boolean> => (await users.countAdministrators()) > 0;
  return {
    create: (wanted) => create(ports, wanted),
    list: (page) => users.list(page),
    async get(id) {
      const user = await users.find(id);
      if (user === undefined) throw new AppError('not_found');
      return user;
    },
    update: (principal, id, change) => {
      if (change.password !== undefined && id === principal.userId) {
        throw new AppError('forbidden', { detail: told`Change your own password with POST /auth/password.` });
      }
      return update(ports, id, change);
    },
    async delete(id) {
      await users.delete(id);
      principals.clear();
    },
    hasAdministrator,
    async ensureAdministrator({ username, password }) {
      if (await hasAdministrator()) return { created: false, generatedPassword: null };
      const generatedPassword = password === null ? newSecret() : null;
      try {
        await create(ports, { username, password: password ?? generatedPassword!, role: 'admin', groups: [] });
      } catch (error) {
        // Another process that starts at the same moment was first.
        if (isAppError(error, 'already_exists') && (await hasAdministrator())) {
          return { created: false, generatedPassword: null };
        }
        throw error;
      }
      return { created: true, generatedPassword };
    },
  };
}

async function create(
  { users, passwords, now }: UsersPorts,
  { password, role, groups, ...wanted }: NewUser,
): Promise<User> {
  const username = canonicalUsername(wanted.username);
  checkNewUsername(username);
  checkNewPassword(password, username);
  const user: User = {
    id: newId('usr'),
    username,
    role,
    groups,
    passwordHash: await passwords.hash(password),
    sessionVersion: 1,
    disabled: false,
    createdAt: now(),
  };
  await users.create(user);
  return user;
}

async function update(ports: UsersPorts, id: string, { password, role, groups, disabled }: UserUpdate): Promise<User> {
  const { users, passwords, principals } = ports;
  const before = await users.find(id);
  if (before === undefined) throw new AppError('not_found');
  const change: UserChange = {};
  if (role !== undefined) change.role = role;
  if (groups !== undefined) change.groups = groups;
  if (disabled !== undefined) change.disabled = disabled;
  if (password !== undefined) {
    checkNewPassword(password, before.username);
    change.passwordHash = await passwords.hash(password);
  }
  change.endSessions = password !== undefined || disabled === true;
  const user = await users.update(id, change);
  if (role === 'member') await deletePrivilegedKeys(ports, id);
  principals.clear();
  return user;
}

async function deletePrivilegedKeys({ apiKeys }: UsersPorts, userId: string): Promise<void> {
  let after: string | null = null;
  do {
    const { items, next } = await apiKeys.list(userId, { limit: 100, after });
    const privileged = items.filter((key) => key.scopes.some((scope) => !scopesOfRole.member.includes(scope)));
    for (const key of privileged) await apiKeys.delete(key.id);
    after = next;
  } while (after !== null);
}
