import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { lockFolder } from '../db/sqlite/lock-folder.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { Cache } from '../ports/cache.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { openMemoryCache } from '../services/cache/memory-cache.ts';
import { openBlobFiles } from '../services/model-files/blob-files.ts';
import { createMemoryRateLimits } from '../services/rate-limits/memory-rate-limits.ts';
import type { KeptStores } from './kept-stores.ts';

export interface Stores extends KeptStores {
  index: SearchIndex;
  /** The files of models that were uploaded to this service. */
  blobs: BlobStore;
  cache: Cache;
  rateLimits: RateLimits;
}

/** What keeps and remembers data, by the settings. */
export async function openStores(config: Config, closing: ClosingList): Promise<Stores> {
  const { DATA_DIR } = config;
  closing.add(await lockFolder(DATA_DIR));
  const opening = [openKeptStores(config, closing), openIndex(config).then(closing.add)] as const;
  // When one cannot be opened, the other is on the closing list before the list is worked off.
  await Promise.allSettled(opening);
  const [kept, index] = await Promise.all(opening);
  return {
    ...kept,
    index,
    blobs: await openBlobFiles({ directory: join(DATA_DIR, 'models') }),
    cache: closing.add(openMemoryCache({ now: Date.now })),
    rateLimits: createMemoryRateLimits({ now: Date.now }),
  };
}

// What is not chosen is not loaded.

async function openKeptStores({ MONGO_URL, DATA_DIR }: Config, closing: ClosingList): Promise<KeptStores> {
  if (MONGO_URL !== null) return (await import('./open-mongo-stores.ts')).openMongoStores(MONGO_URL, closing);
  return (await import('./open-sqlite-stores.ts')).openSqliteStores(DATA_DIR, closing);
}

async function openIndex({ DATA_DIR }: Config): Promise<SearchIndex> {
  const { openSqliteIndex } = await import('../services/search/sqlite/open-sqlite-index.ts');
  return openSqliteIndex({ path: join(DATA_DIR, 'index.db') });
}
