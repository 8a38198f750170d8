import { join } from 'node:path';
import { refuseUnfinishedCopy } from '../db/sqlite/archive/copy-mark.ts';
import { openDatabase } from '../db/sqlite/database.ts';
import { createSqliteApiKeyStore } from '../db/sqlite/sqlite-api-key-store.ts';
import { createSqliteAuditLog } from '../db/sqlite/sqlite-audit-log.ts';
import { createSqliteConversationStore } from '../db/sqlite/sqlite-conversation-store.ts';
import { createSqliteDatasetStore } from '../db/sqlite/sqlite-dataset-store.ts';
import { openSqliteDocumentStore } from '../db/sqlite/sqlite-document-store.ts';
import { createSqliteFeedbackStore } from '../db/sqlite/sqlite-feedback-store.ts';
import { openSqliteIdempotencyStore } from '../db/sqlite/sqlite-idempotency-store.ts';
import { createSqliteInsightStore } from '../db/sqlite/sqlite-insight-store.ts';
import { openSqliteJobQueue } from '../db/sqlite/sqlite-job-queue.ts';
import { createSqlitePersonaStore } from '../db/sqlite/sqlite-persona-store.ts';
import { createSqliteRefreshTokenStore } from '../db/sqlite/sqlite-refresh-token-store.ts';
import { createSqliteResponseStore } from '../db/sqlite/sqlite-response-store.ts';
import { createSqliteSecretStore } from '../db/sqlite/sqlite-secret-store.ts';
import { createSqliteTrainingSetStore } from '../db/sqlite/sqlite-training-set-store.ts';
import { createSqliteTrainingVersionStore } from '../db/sqlite/sqlite-training-version-store.ts';
import { createSqliteUsageStore } from '../db/sqlite/sqlite-usage-store.ts';
import { createSqliteUserStore } from '../db/sqlite/sqlite-user-store.ts';
import type { ClosingList } from '../process/closing-list.ts';
import type { KeptStores } from './kept-stores.ts';

/** Keeps everything in one file of the folder, and the files of documents beside it. */
export async function openSqliteStores(directory: string, closing: ClosingList): Promise<KeptStores> {
  await refuseUnfinishedCopy(directory);
  const database = closing.add(await openDatabase(join(directory, 'billumy.db')));
  return {
    users: createSqliteUserStore(database),
    apiKeys: createSqliteApiKeyStore(database),
    refreshTokens: createSqliteRefreshTokenStore(database),
    secrets: createSqliteSecretStore(database),
    conversations: createSqliteConversationStore(database),
    personaStore: createSqlitePersonaStore(database),
    documents: closing.add(openSqliteDocumentStore({ database, directory: join(directory, 'documents'), now })),
    jobs: closing.add(openSqliteJobQueue({ database, now })),
    usage: createSqliteUsageStore(database),
    audit: createSqliteAuditLog(database),
    responses: createSqliteResponseStore(database),
    idempotency: await openSqliteIdempotencyStore(database),
    feedback: createSqliteFeedbackStore(database),
    trainingSets: createSqliteTrainingSetStore(database),
    versions: createSqliteTrainingVersionStore(database),
    datasets: createSqliteDatasetStore({ database, directory: join(directory, 'datasets') }),
    insightReports: createSqliteInsightStore(database),
  };
}

const now = (): Date => new Date();
