import { openMongo } from '../db/mongodb/connection.ts';
import { createMongoApiKeyStore } from '../db/mongodb/accounts/mongo-api-key-store.ts';
import { createMongoAuditLog } from '../db/mongodb/mongo-audit-log.ts';
import { openMongoConversationStore } from '../db/mongodb/conversations/mongo-conversation-store.ts';
import { createMongoDatasetStore } from '../db/mongodb/mongo-dataset-store.ts';
import { openMongoDocumentStore } from '../db/mongodb/documents/mongo-document-store.ts';
import { createMongoFeedbackStore } from '../db/mongodb/conversations/mongo-feedback-store.ts';
import { createMongoIdempotencyStore } from '../db/mongodb/mongo-idempotency-store.ts';
import { createMongoInsightStore } from '../db/mongodb/mongo-insight-store.ts';
import { openMongoJobQueue } from '../db/mongodb/mongo-job-queue.ts';
import { createMongoPersonaStore } from '../db/mongodb/mongo-persona-store.ts';
import { createMongoRefreshTokenStore } from '../db/mongodb/accounts/mongo-refresh-token-store.ts';
import { createMongoResponseStore } from '../db/mongodb/mongo-response-store.ts';
import { createMongoSecretStore } from '../db/mongodb/accounts/mongo-secret-store.ts';
import { createMongoTrainingSetStore } from '../db/mongodb/mongo-training-set-store.ts';
import { createMongoTrainingVersionStore } from '../db/mongodb/mongo-training-version-store.ts';
import { createMongoUsageStore } from '../db/mongodb/usage/mongo-usage-store.ts';
import { createMongoUserStore } from '../db/mongodb/accounts/mongo-user-store.ts';
import type { ClosingList } from '../process/closing-list.ts';
import type { KeptStores } from './kept-stores.ts';

/** Keeps everything in MongoDB, which need not be there yet. */
export function openMongoStores(url: string, closing: ClosingList): KeptStores {
  const connection = closing.add(openMongo({ url }));
  return {
    users: createMongoUserStore(connection),
    apiKeys: createMongoApiKeyStore(connection),
    refreshTokens: createMongoRefreshTokenStore(connection),
    secrets: createMongoSecretStore(connection),
    conversations: closing.add(openMongoConversationStore({ connection, now })),
    personaStore: createMongoPersonaStore(connection),
    documents: closing.add(openMongoDocumentStore({ connection, now })),
    jobs: closing.add(openMongoJobQueue({ connection, now })),
    usage: createMongoUsageStore(connection),
    audit: createMongoAuditLog(connection),
    responses: createMongoResponseStore(connection),
    idempotency: createMongoIdempotencyStore(connection),
    feedback: createMongoFeedbackStore({ connection }),
    trainingSets: createMongoTrainingSetStore(connection),
    versions: createMongoTrainingVersionStore(connection),
    datasets: createMongoDatasetStore(connection),
    insightReports: createMongoInsightStore(connection),
  };
}

const now = (): Date => new Date();
