import type { ApiKeyStore } from '../ports/api-key-store.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { DatasetStore } from '../ports/dataset-store.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { FeedbackStore } from '../ports/feedback-store.ts';
import type { IdempotencyStore } from '../ports/idempotency-store.ts';
import type { InsightStore } from '../ports/insight-store.ts';
import type { JobQueue } from '../ports/job-queue.ts';
import type { PersonaStore } from '../ports/persona-store.ts';
import type { RefreshTokenStore } from '../ports/refresh-token-store.ts';
import type { ResponseStore } from '../ports/response-store.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { TrainingSetStore } from '../ports/training-set-store.ts';
import type { TrainingVersionStore } from '../ports/training-version-store.ts';
import type { UsageStore } from '../ports/usage-store.ts';
import type { UserStore } from '../ports/user-store.ts';

/** What must not be lost: all of it in one place, a folder or a database. */
export interface KeptStores {
  users: UserStore;
  apiKeys: ApiKeyStore;
  refreshTokens: RefreshTokenStore;
  secrets: SecretStore;
  conversations: ConversationStore;
  personaStore: PersonaStore;
  documents: DocumentStore;
  jobs: JobQueue;
  usage: UsageStore;
  audit: AuditLog;
  responses: ResponseStore;
  idempotency: IdempotencyStore;
  feedback: FeedbackStore;
  trainingSets: TrainingSetStore;
  versions: TrainingVersionStore;
  datasets: DatasetStore;
  insightReports: InsightStore;
}
