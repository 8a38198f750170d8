import { createKnowledge, type Knowledge, type KnowledgeOptions } from '../../src/core/knowledge/knowledge.ts';
import type { DocumentUpload } from '../../src/core/knowledge/adding/upload.ts';
import { createRetrieval } from '../../src/core/retrieval/create-retrieval.ts';
import { openTextAnalyzer } from '../../src/core/retrieval/text-analyzer.ts';
import { openDatabase, type Database } from '../../src/db/sqlite/database.ts';
import { openSqliteDocumentStore } from '../../src/db/sqlite/sqlite-document-store.ts';
import { openSqliteJobQueue } from '../../src/db/sqlite/sqlite-job-queue.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { told } from '../../src/errors/told.ts';
import type { Passage } from '../../src/models/passage.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { Parser } from '../../src/ports/parser.ts';
import type { SearchIndex } from '../../src/ports/search-index.ts';
import { openSqliteIndex } from '../../src/services/search/sqlite/open-sqlite-index.ts';
import { installedModels, scriptedEngine } from './retrieval-doubles.ts';
import { all, ids, lexical } from './search.ts';
import { openMemoryCache } from '../../src/services/cache/memory-cache.ts';

/**
 * Everything ingestion writes to, in one folder, as the program wires it, with a parser that reads plain text.
 * `aheadMs` sets the clock forward.
 */
export async function openKnowledgeParts(
  folder: string,
  { aheadMs = 0 }: { aheadMs?: number } = {},
): Promise<AsyncDisposable & Omit<KnowledgeOptions, 'onError'> & { database: Database }> {
  const now = (): Date => new Date(Date.now() + aheadMs);
  const database = await openDatabase(`${folder}/billumy.db`);
  const documents = openSqliteDocumentStore({ database, directory: `${folder}/documents`, now });
  const jobs = openSqliteJobQueue({ database, now });
  const index = await openSqliteIndex({ path: `${folder}/index.db` });
  const analyzer = openTextAnalyzer();
  const parser = createPlainParser();
  return {
    database,
    documents,
    jobs,
    index,
    analyzer,
    parser,
    now,
    async [Symbol.asyncDispose]() {
      for (const part of [analyzer, index, jobs, documents, database]) await part[Symbol.asyncDispose]();
    },
  };
}

/** Reads text; a file that begins with `BROKEN` is `document_broken`. */
export function createPlainParser(): Parser {
  return {
    async parse({ bytes }) {
      const text = new TextDecoder().decode(bytes);
      if (text.startsWith('BROKEN')) throw new AppError('document_broken', { detail: told`The file is torn.` });
      return { title: null, text, sections: [], pages: [] };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Ingestion that runs until it is disposed of; background errors surface then. */
export function startIngestion(options: Omit<KnowledgeOptions, 'onError'>): AsyncDisposable & { knowledge: Knowledge } {
  const errors: unknown[] = [];
  const knowledge = createKnowledge({ ...options, onError: (error) => void errors.push(error) });
  const stopping = new AbortController();
  const running = knowledge.runIngestion(stopping.signal);
  return {
    knowledge,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
      if (errors.length > 0) throw new AggregateError(errors, 'ingestion reported errors');
    },
  };
}

export const principal = (change: Partial<Principal> = {}): Principal => ({
  userId: 'usr_ana',
  username: 'ana',
  role: 'member',
  groups: [],
  scopes: ['ask', 'ingest', 'train'],
  keyId: null,
  collections: null,
  models: null,
  dialects: null,
  requestsPerMinute: null,
  tokensPerDay: null,
  ...change,
});

export const upload = (text: string, change: Partial<DocumentUpload> = {}): DocumentUpload => ({
  bytes: new TextEncoder().encode(text),
  declared: 'text/plain',
  fileName: 'note.txt',
  ...change,
});

export const waiting = (waitMs = 60_000): { waitMs: number; signal: AbortSignal } => ({
  waitMs,
  signal: new AbortController().signal,
});

/** What a question finds while documents change: as `findPassages`, by the retrieval of the product. */
export async function searchPassages(index: SearchIndex, question: string): Promise<Passage[]> {
  const retrieval = createRetrieval({
    index,
    engine: scriptedEngine(),
    cache: openMemoryCache({ now: Date.now }),
    languageModels: installedModels(),
  });
  const request = { queries: [question], filter: all, limit: 10, perDocument: 10 };
  const { passages } = await retrieval.search(request, { signal: new AbortController().signal });
  return passages.map(({ passage }) => passage);
}

/** The passages that a query for these words finds, with an administrator's rights. */
export async function findPassages(index: SearchIndex, words: string): Promise<Passage[]> {
  const { hits } = await lexical(index, words, { limit: 50 });
  return index.passages(ids(hits), all);
}
