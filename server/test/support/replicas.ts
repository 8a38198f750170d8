import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { administratorPassword } from './api.ts';
import { spawnService, type SpawnedService } from './spawn-service.ts';
import { temporaryFolder } from './temporary-folder.ts';

const {
  BILLUMY_TEST_MONGO_URL: mongoUrl,
  BILLUMY_TEST_REDIS_URL: redisUrl,
  BILLUMY_TEST_OPENSEARCH_URL: openSearchUrl,
} = process.env;

/** Why tests over all servers are left out; undefined when they can run. */
export const serversMissing =
  mongoUrl === undefined || redisUrl === undefined || openSearchUrl === undefined
    ? 'needs BILLUMY_TEST_MONGO_URL, BILLUMY_TEST_REDIS_URL and BILLUMY_TEST_OPENSEARCH_URL: npm run test:distributed'
    : undefined;

export interface Installation extends AsyncDisposable {
  /** Settings that make a service a replica of this installation. */
  settings: Readonly<Record<string, string>>;
  /** Starts one more service on it. */
  start(change?: Readonly<Record<string, string>>): Promise<SpawnedService>;
}

/** A new, empty installation in the servers that are there, under names of its own; nothing is left of it. */
export async function newInstallation(): Promise<Installation> {
  const name = `billumy_test_${randomBytes(6).toString('hex')}`;
  const folder = await temporaryFolder();
  const started: SpawnedService[] = [];
  let folders = 0;
  const mongo = new URL(mongoUrl!);
  // Users are kept in the database that the address names, or in `admin`, not in the new one.
  if (mongo.username !== '' && !mongo.searchParams.has('authSource')) {
    mongo.searchParams.set('authSource', mongo.pathname.slice(1) || 'admin');
  }
  mongo.pathname = `/${name}`;
  const settings = {
    MONGO_URL: mongo.href,
    REDIS_URL: redisUrl!,
    REDIS_PREFIX: name,
    OPENSEARCH_URL: openSearchUrl!,
    OPENSEARCH_INDEX: name,
    ADMIN_PASSWORD: administratorPassword,
    LANGUAGE_MODEL: 'nano',
  };
  return {
    settings,
    async start(change = {}) {
      const service = await spawnService({
        ...settings,
        DATA_DIR: folder.file(`replica-${(folders += 1)}`),
        ...change,
      });
      started.push(service);
      return service;
    },
    async [Symbol.asyncDispose]() {
      for (const service of started) await service[Symbol.asyncDispose]();
      await Promise.all([dropDatabase(mongo.href), dropIndices(name), folder[Symbol.asyncDispose]()]);
    },
  };
}

async function dropDatabase(url: string): Promise<void> {
  const client = new MongoClient(url);
  try {
    await client.db().dropDatabase();
  } finally {
    await client.close();
  }
}

/** Names only: a server may forbid to delete by pattern. */
async function dropIndices(prefix: string): Promise<void> {
  const list = await fetch(new URL(`/_cat/indices/${prefix}-*?format=json&h=index`, openSearchUrl));
  const indices = ((await list.json()) as { index: string }[]).map(({ index }) => index);
  for (const index of indices) await fetch(new URL(`/${index}`, openSearchUrl), { method: 'DELETE' });
  await fetch(new URL(`/_index_template/${prefix}-passages`, openSearchUrl), { method: 'DELETE' });
}
