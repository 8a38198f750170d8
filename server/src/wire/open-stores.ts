import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { lockFolder, makeDataFolder } from '../db/sqlite/lock-folder.ts';
import type { PartHealth } from '../models/part-health.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { Cache } from '../ports/cache.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { openMemoryCache } from '../services/cache/memory-cache.ts';
import { openBlobFiles, uploadsRestMs } from '../services/model-files/blob-files.ts';
import { createMemoryRateLimits } from '../services/rate-limits/memory-rate-limits.ts';
import type { KeptStores } from './kept-stores.ts';

export interface Stores extends KeptStores {
  index: SearchIndex;
  /** The files of models that were uploaded to this service. */
  blobs: BlobStore;
  cache: Cache;
  rateLimits: RateLimits;
  /** How the parts are that can be done without, by name. */
  checks: Readonly<Record<string, () => Promise<PartHealth>>>;
}

export type OpenStores = (closing: ClosingList) => Promise<Stores>;

/** Loads what keeps and remembers data, by the settings; what comes back opens it. What is not chosen is not loaded. */
export async function loadStores(config: Config): Promise<OpenStores> {
  const [openKeptStores, openIndex] = await Promise.all([loadKeptStores(config), loadIndex(config)]);
  const { DATA_DIR } = config;
  // Services that keep nothing in it but models may share the folder.
  const isOwn = config.MONGO_URL === null || config.OPENSEARCH_URL === null;
  return async (closing) => {
    if (isOwn) closing.add(await lockFolder(DATA_DIR));
    else await makeDataFolder(DATA_DIR);
    const opening = [openKeptStores(closing), openIndex().then(closing.add)] as const;
    // When one cannot be opened, the other is on the closing list before the list is worked off.
    await Promise.allSettled(opening);
    const [kept, index] = await Promise.all(opening);
    const blobs = await openBlobFiles({ directory: join(DATA_DIR, 'models'), restingMs: isOwn ? 0 : uploadsRestMs });
    return { ...kept, index, blobs, ...(await openForgetful(config, kept, closing)) };
  };
}

async function loadKeptStores({ MONGO_URL, DATA_DIR }: Config): Promise<(closing: ClosingList) => Promise<KeptStores>> {
  if (MONGO_URL !== null) {
    const { openMongoStores } = await import('./open-mongo-stores.ts');
    return async (closing) => openMongoStores(MONGO_URL, closing);
  }
  const { openSqliteStores } = await import('./open-sqlite-stores.ts');
  return (closing) => openSqliteStores(DATA_DIR, closing);
}

async function loadIndex(config: Config): Promise<() => Promise<SearchIndex>> {
  if (config.OPENSEARCH_URL !== null) {
    const { openSearchServer } = await import('./open-search-server.ts');
    return () => openSearchServer(config);
  }
  const { openSqliteIndex } = await import('../services/search/sqlite/open-sqlite-index.ts');
  return () => openSqliteIndex({ path: join(config.DATA_DIR, 'index.db') });
}

type Forgetful = Pick<Stores, 'cache' | 'rateLimits' | 'jobs' | 'checks'>;

/** What may be forgotten, and how jobs are handed out. */
async function openForgetful(config: Config, { jobs }: KeptStores, closing: ClosingList): Promise<Forgetful> {
  const { REDIS_URL: url } = config;
  if (url === null) {
    const cache = closing.add(openMemoryCache({ now: Date.now }));
    return { cache, rateLimits: createMemoryRateLimits({ now: Date.now }), jobs, checks: {} };
  }
  const { openRedis } = await import('./open-redis.ts');
  const { check, ...parts } = openRedis({ ...config, url, records: jobs }, closing);
  return { ...parts, checks: { cache: check } };
}
