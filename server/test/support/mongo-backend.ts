import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';
import { openMongo, type MongoConnection } from '../../src/db/mongodb/connection.ts';

/** A MongoDB on which databases may be made and dropped; theirs begin with `billumy_test_`. */
export const mongoUrl = process.env['BILLUMY_TEST_MONGO_URL'] ?? '';

export function describeOnMongo(run: () => void): void {
  describe.skipIf(mongoUrl === '')(
    'a real MongoDB (set BILLUMY_TEST_MONGO_URL to the address of one to run it)',
    () => {
      run();
    },
  );
}

export const newDatabaseName = (): string => `billumy_test_${randomBytes(8).toString('hex')}`;

/** A new database; every `open` is an adapter over a client of its own, as another process would have. */
export async function mongoBackend<T>(
  open: (connection: MongoConnection) => T,
  options: { duringCopy?: boolean } = {},
): Promise<AsyncDisposable & { database: string; open(): Promise<T> }> {
  const database = newDatabaseName();
  const connections: MongoConnection[] = [];
  const connect = ({ duringCopy = false }: { duringCopy?: boolean }): MongoConnection => {
    const connection = openMongo({ url: mongoUrl, database, duringCopy });
    connections.push(connection);
    return connection;
  };
  return {
    database,
    open: async () => open(connect(options)),
    async [Symbol.asyncDispose]() {
      await connect({ duringCopy: true }).run((opened) => opened.dropDatabase());
      await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()));
    },
  };
}

/** Two clients of one new database. */
export async function mongoPair<T>(
  open: (connection: MongoConnection) => T,
  options: { duringCopy?: boolean } = {},
): Promise<AsyncDisposable & { first: T; second: T }> {
  const backend = await mongoBackend(open, options);
  return {
    first: await backend.open(),
    second: await backend.open(),
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  };
}
