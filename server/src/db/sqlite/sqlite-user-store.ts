import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Role, User } from '../../models/user.ts';
import type { UserChange, UserStore } from '../../ports/user-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import type { Database } from './database.ts';
import type { Row, SqlValue, Statement } from './statement.ts';

// True for a change that takes away an administrator who can log in, and there is no other one.
const isLastAdministrator = `role = 'admin' and disabled = 0
  and not exists (select 1 from users as other where other.role = 'admin' and other.disabled = 0 and other.id <> users.id)`;

export function createSqliteUserStore(database: Database): UserStore {
  return {
    async create(user) {
      await database.transaction([insertUser(user)]);
    },
    async find(id) {
      return firstUser(await database.all('select * from users where id = ?', [id]));
    },
    async findByUsername(username) {
      const rows = await database.all('select * from users where username_lower = ?', [username.toLowerCase()]);
      return firstUser(rows);
    },
    async list({ limit, after }) {
      const start = after === null ? [-1, ''] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        'select * from users where (created_at, id) > (?, ?) order by created_at, id limit ?',
        [...start, limit + 1],
      );
      return toPage(rows, limit, {
        item: toUser,
        cursor: (row) => [row['created_at'] as number, row['id'] as string],
      });
    },
    update: (id, change) => update(database, id, change),
    async delete(id) {
      const { changes } = await database.run(`delete from users where id = ? and not (${isLastAdministrator})`, [id]);
      if (changes === 0) throw await refusal(database, id);
    },
    async countAdministrators() {
      const rows = await database.all("select count(*) as n from users where role = 'admin' and disabled = 0");
      return rows[0]!['n'] as number;
    },
  };
}

async function update(database: Database, id: string, change: UserChange): Promise<User> {
  const assignments: [string, SqlValue][] = [];
  if (change.role !== undefined) assignments.push(['role = ?', change.role]);
  if (change.groups !== undefined) assignments.push(['group_names = ?', JSON.stringify(change.groups)]);
  if (change.disabled !== undefined) assignments.push(['disabled = ?', Number(change.disabled)]);
  if (change.passwordHash !== undefined) assignments.push(['password_hash = ?', change.passwordHash]);
  assignments.push(['session_version = session_version + ?', Number(change.endSessions ?? false)]);

  const guard = change.role === 'member' || change.disabled === true ? `and not (${isLastAdministrator})` : '';
  const { rows } = await database.run(
    `update users set ${assignments.map(([assignment]) => assignment).join(', ')} where id = ? ${guard} returning *`,
    [...assignments.map(([, value]) => value), id],
  );
  const user = firstUser(rows);
  if (user === undefined) throw await refusal(database, id);
  return user;
}

async function refusal(database: Database, id: string): Promise<AppError> {
  const rows = await database.all('select 1 from users where id = ?', [id]);
  if (rows.length === 0) return new AppError('not_found');
  return new AppError('conflict', { detail: told`This is the last administrator: make somebody else one first.` });
}

function firstUser([row]: readonly Row[]): User | undefined {
  return row && toUser(row);
}

export function insertUser(user: User): Statement {
  return {
    sql: 'insert into users values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    values: [
      user.id,
      user.username,
      user.username.toLowerCase(),
      user.role,
      JSON.stringify(user.groups),
      user.passwordHash,
      user.sessionVersion,
      Number(user.disabled),
      user.createdAt.getTime(),
    ],
  };
}

export function toUser(row: Row): User {
  return {
    id: row['id'] as string,
    username: row['username'] as string,
    role: row['role'] as Role,
    groups: JSON.parse(row['group_names'] as string) as string[],
    passwordHash: row['password_hash'] as string,
    sessionVersion: row['session_version'] as number,
    disabled: row['disabled'] === 1,
    createdAt: new Date(row['created_at'] as number),
  };
}
