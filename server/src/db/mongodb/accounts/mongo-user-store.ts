import type { Collection, UpdateFilter } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import type { User } from '../../../models/user.ts';
import type { UserChange, UserStore } from '../../../ports/user-store.ts';
import { decodeCursor, toPage } from '../../cursor.ts';
import { accountCollections, type UserRecord } from './account-records.ts';
import type { MongoConnection } from '../connection.ts';
import { withdrawAdministrator } from './withdraw-administrator.ts';

/** Who is no administrator that can log in. */
const notInOffice = { $or: [{ role: { $ne: 'admin' as const } }, { disabled: true }] };

export function createMongoUserStore(connection: MongoConnection): UserStore {
  const withUsers = <T>(work: (users: Collection<UserRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(accountCollections(database).users));

  return {
    async create(user) {
      await withUsers((users) => users.insertOne(userRecord(user)));
    },
    async find(id) {
      return toUser(await withUsers((users) => users.findOne({ _id: id })));
    },
    async findByUsername(username) {
      return toUser(await withUsers((users) => users.findOne({ usernameLower: username.toLowerCase() })));
    },
    async list({ limit, after }) {
      const records = await withUsers((users) =>
        users
          .find(after === null ? {} : laterThan(after))
          .sort({ createdAt: 1, _id: 1 })
          .limit(limit + 1)
          .toArray(),
      );
      return toPage(records, limit, {
        item: (record) => toUser(record)!,
        cursor: ({ createdAt, _id }) => [createdAt.getTime(), _id],
      });
    },
    update: (id, change) => update(connection, id, change),
    delete: (id) => remove(connection, id),
    async countAdministrators() {
      return withUsers((users) => users.countDocuments({ role: 'admin', disabled: false }));
    },
  };
}

export function userRecord({ id, groups, ...user }: User): UserRecord {
  const usernameLower = user.username.toLowerCase();
  return { ...user, _id: id, groups: [...groups], usernameLower, withdrawal: 0 };
}

function laterThan(after: string) {
  const [time, id] = decodeCursor(after, ['number', 'string']) as [number, string];
  const createdAt = new Date(time);
  return { $or: [{ createdAt: { $gt: createdAt } }, { createdAt, _id: { $gt: id } }] };
}

async function update(connection: MongoConnection, id: string, change: UserChange): Promise<User> {
  const updated = await connection.run(async (database) => {
    const { users } = accountCollections(database);
    const apply = (filter: object, ticket = 0) =>
      users.findOneAndUpdate({ _id: id, ...filter }, updateOf(change, ticket), { returnDocument: 'after' });
    if (change.role !== 'member' && change.disabled !== true) return apply({});
    return (
      (await apply(notInOffice)) ??
      withdrawAdministrator(database, id, (ticket) => apply({ withdrawal: { $lt: ticket } }, ticket))
    );
  });
  const user = toUser(updated);
  if (user === undefined) throw new AppError('not_found');
  return user;
}

function updateOf({ endSessions = false, groups, ...named }: UserChange, ticket: number): UpdateFilter<UserRecord> {
  const assigned = { ...named, ...(groups !== undefined && { groups: [...groups] }) };
  return {
    $inc: { sessionVersion: Number(endSessions) },
    $max: { withdrawal: ticket },
    // MongoDB 4.4 refuses an empty one.
    ...(Object.keys(assigned).length > 0 && { $set: assigned }),
  };
}

/** The user first: without one, keys and tokens open nothing. Deleting again removes those that a crash left. */
async function remove(connection: MongoConnection, id: string): Promise<void> {
  const removed = await connection.run(async (database) => {
    const { users, apiKeys, logins, refreshTokens } = accountCollections(database);
    const user =
      (await users.findOneAndDelete({ _id: id, ...notInOffice })) ??
      (await withdrawAdministrator(database, id, (ticket) =>
        users.findOneAndDelete({ _id: id, withdrawal: { $lt: ticket } }),
      ));
    for (const belongings of [apiKeys, logins, refreshTokens]) await belongings.deleteMany({ userId: id });
    return user;
  });
  if (removed === null) throw new AppError('not_found');
}

export function toUser(record: UserRecord | null): User | undefined {
  if (record === null) return undefined;
  const { _id: id, username, role, groups, passwordHash, sessionVersion, disabled, createdAt } = record;
  return { id, username, role, groups, passwordHash, sessionVersion, disabled, createdAt };
}
