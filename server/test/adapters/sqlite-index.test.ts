import { afterAll } from 'vitest';
import type { SearchIndex } from '../../src/ports/search-index.ts';
import { openSqliteIndex } from '../../src/services/search/sqlite/open-sqlite-index.ts';
import { searchIndexContract, type SearchIndexHarness } from '../contracts/search-index-contract.ts';
import { searchIndexEmbeddingsContract } from '../contracts/search-index-embeddings-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
let files = 0;
const freshPath = (): string => folder.file(`search-${++files}.db`);
afterAll(() => folder[Symbol.asyncDispose]());

const harness = {
  open: () => openSqliteIndex({ path: freshPath() }),
  async openPair(): Promise<readonly [SearchIndex, SearchIndex]> {
    const path = freshPath();
    return [await openSqliteIndex({ path }), await openSqliteIndex({ path })];
  },
} satisfies SearchIndexHarness;

searchIndexContract('SQLite', harness);
searchIndexEmbeddingsContract('SQLite', harness);
