import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { openDatabase } from '../db/sqlite/database.ts';
import { lockFolder } from '../db/sqlite/lock-folder.ts';
import { createSqliteApiKeyStore } from '../db/sqlite/sqlite-api-key-store.ts';
import { createSqliteConversationStore } from '../db/sqlite/sqlite-conversation-store.ts';
import { openSqliteDocumentStore } from '../db/sqlite/sqlite-document-store.ts';
import { openSqliteIdempotencyStore } from '../db/sqlite/sqlite-idempotency-store.ts';
import { openSqliteJobQueue } from '../db/sqlite/sqlite-job-queue.ts';
import { createSqlitePersonaStore } from '../db/sqlite/sqlite-persona-store.ts';
import { createSqliteRefreshTokenStore } from '../db/sqlite/sqlite-refresh-token-store.ts';
import { createSqliteResponseStore } from '../db/sqlite/sqlite-response-store.ts';
import { createSqliteSecretStore } from '../db/sqlite/sqlite-secret-store.ts';
import { createSqliteUsageStore } from '../db/sqlite/sqlite-usage-store.ts';
import { createSqliteUserStore } from '../db/sqlite/sqlite-user-store.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { openBlobFiles } from '../services/model-files/blob-files.ts';
import { openSqliteIndex } from '../services/search/sqlite/open-sqlite-index.ts';

const now = (): Date => new Date();

export type Stores = Awaited<ReturnType<typeof openStores>>;

/** What keeps data, by the settings. */
export async function openStores({ DATA_DIR }: Config, closing: ClosingList) {
  closing.add(await lockFolder(DATA_DIR));
  const opening = [
    openDatabase(join(DATA_DIR, 'billumy.db')).then(closing.add),
    openSqliteIndex({ path: join(DATA_DIR, 'index.db') }).then(closing.add),
  ] as const;
  // When one cannot be opened, the other is on the closing list before the list is worked off.
  await Promise.allSettled(opening);
  const [database, index] = await Promise.all(opening);
  return {
    index,
    users: createSqliteUserStore(database),
    apiKeys: createSqliteApiKeyStore(database),
    refreshTokens: createSqliteRefreshTokenStore(database),
    secrets: createSqliteSecretStore(database),
    conversations: createSqliteConversationStore(database),
    personaStore: createSqlitePersonaStore(database),
    blobs: await openBlobFiles({ directory: join(DATA_DIR, 'models') }),
    documents: closing.add(openSqliteDocumentStore({ database, directory: join(DATA_DIR, 'documents'), now })),
    jobs: closing.add(openSqliteJobQueue({ database, now })),
    usage: createSqliteUsageStore(database),
    responses: createSqliteResponseStore(database),
    idempotency: await openSqliteIdempotencyStore(database),
  };
}
