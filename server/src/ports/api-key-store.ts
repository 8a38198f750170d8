import type { ApiKey } from '../models/api-key.ts';
import type { Page, PageRequest } from '../models/page.ts';

export interface ApiKeyStore {
  create(key: ApiKey): Promise<void>;
  find(id: string): Promise<ApiKey | undefined>;
  /** Newest first; `userId: null` lists everybody's. */
  list(userId: string | null, page: PageRequest): Promise<Page<ApiKey>>;
  /** Notes the last use; need not be durable. */
  touch(id: string, usedAt: Date): Promise<void>;
  delete(id: string): Promise<void>;
}
