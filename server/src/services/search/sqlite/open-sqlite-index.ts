import { AppError } from '../../../errors/app-error.ts';
import type { Passage } from '../../../models/passage.ts';
import type { Hit, IndexStatus, LexicalResult, SearchIndex } from '../../../ports/search-index.ts';
import { builtModule } from '../../../process/built-module.ts';
import { openThread } from '../../../process/thread.ts';
import { openFileVersion } from './file-version.ts';

/**
 * The embedded index: one SQLite file with FTS5 for words and an exact scan over int8 vectors, in three threads: one
 * writes, one answers the lexical leg and reads passages, one answers the dense leg.
 * Several processes may open the same file and see each other's changes. A broken file is replaced by an empty one;
 * rejects with `storage_failed` when the file cannot be opened at all.
 */
export async function openSqliteIndex({ path }: { path: string }): Promise<SearchIndex> {
  const writer = openThread(builtModule(import.meta.url, './index-writer-worker.js'), { path });
  // It creates the tables that the readers expect; a file that cannot be opened ends the thread.
  await writer.call('ready').catch((cause: unknown) => {
    throw new AppError('storage_failed', { cause });
  });
  const readerFile = builtModule(import.meta.url, './index-reader-worker.js');
  const lexicalReader = openThread(readerFile, { path });
  const denseReader = openThread(readerFile, { path });
  const fileVersion = openFileVersion(path);
  let lastStatus: { version: number | null; status: IndexStatus } | undefined;

  return {
    traits: { kind: 'sqlite' },
    async replaceDocuments(documents) {
      await writer.call('replaceDocuments', documents);
    },
    async deleteDocument(documentId) {
      await writer.call('deleteDocument', documentId);
    },
    lexical: async (query) => (await lexicalReader.call('lexical', query)) as LexicalResult,
    nearest: async (query) => (await denseReader.call('nearest', query)) as Hit[],
    passages: async (ids, filter) => (await lexicalReader.call('passages', { ids, filter })) as Passage[],
    passagesWithoutEmbedding: async (model, limit) =>
      (await denseReader.call('passagesWithoutEmbedding', { model, limit })) as Passage[],
    async putEmbeddings(model, embeddings) {
      await writer.call('putEmbeddings', { model, embeddings });
    },
    async status() {
      // Read before: what changes meanwhile makes the next call ask again.
      const version = fileVersion.read();
      if (version !== null && version === lastStatus?.version) return lastStatus.status;
      // The dense leg asks this first: on the other thread it would wait for the lexical leg.
      const status = (await denseReader.call('status')) as IndexStatus;
      lastStatus = { version, status };
      return status;
    },
    async [Symbol.asyncDispose]() {
      fileVersion.close();
      await Promise.all([lexicalReader[Symbol.asyncDispose](), denseReader[Symbol.asyncDispose]()]);
      await writer[Symbol.asyncDispose]();
    },
  };
}
