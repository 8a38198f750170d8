import type { ApiKey } from '../models/api-key.ts';
import type { Page, PageRequest } from '../models/page.ts';

export interface ApiKeyStore {
  create(key: ApiKey): Promise<void>;
  find(id: string): Promise<ApiKey | undefined>;
  /** Newest first; `userId: null` lists everybody's. Rejects with `invalid_request` for a cursor of another list. */
  list(userId: string | null, page: PageRequest): Promise<Page<ApiKey>>;
  /** Notes the last use, unless a later one is noted already; need not be durable. */
  touch(id: string, usedAt: Date): Promise<void>;
  /** Rejects with `not_found`. */
  delete(id: string): Promise<void>;
}
