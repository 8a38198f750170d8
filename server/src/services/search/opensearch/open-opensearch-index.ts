import type { SearchIndex } from '../../../ports/search-index.ts';
import type { IndexAccess } from './index-access.ts';
import { deleteDocument } from './write/delete-document.ts';
import { namesFor } from './names.ts';
import { createPreparation } from './prepare/preparation.ts';
import { prepareIndex, type PreparedIndex } from './prepare/prepare-index.ts';
import { createStatusReader } from './read/read-status.ts';
import { Refusal } from './rest/refusal.ts';
import { openRestClient, type ServerOptions } from './rest/rest-client.ts';
import { passagesWithoutVector, readPassages, searchLexical, searchNearest } from './read/search-passages.ts';
import { isConnectionError, toAppError, unavailable } from './rest/translate-errors.ts';
import { replaceDocuments } from './write/write-documents.ts';
import { putEmbeddings } from './write/write-embeddings.ts';
import { told } from '../../../errors/told.ts';

export interface OpenSearchIndexOptions extends ServerOptions {
  /** What the names of its indices and aliases begin with. */
  prefix: string;
  /** `memory`: a Lucene graph; `disk`: compressed vectors, in a fraction of the memory. */
  vectors?: 'memory' | 'disk';
  /** After how long a copy of the index that does not grow is taken for one of a service that crashed. */
  haltedCopyMs?: number;
}

const usualHaltedCopyMs = 60_000;
const noPlugin = told`OpenSearch lacks the plugin opensearch-knn, so it keeps no vectors; install it on every node.`;

/**
 * The index in OpenSearch 2.19 or newer. Several services may use the same one and see each other's changes. Opening it
 * asks nothing of the server: that happens with the first call, and a server that is absent makes calls reject with
 * `part_unavailable` until it is there.
 */
export function openOpenSearchIndex(options: OpenSearchIndexOptions): SearchIndex {
  const { prefix, vectors = 'memory', haltedCopyMs = usualHaltedCopyMs, ...server } = options;
  const client = openRestClient(server);
  const access: IndexAccess = { client, names: namesFor(prefix), haltedCopyMs };
  const preparation = createPreparation({ prepare: () => prepareIndex(access, { vectors }) });
  const statusReader = createStatusReader(access);

  /** Runs a piece of work that bears repetition; once more when the index vanished or was changed under it. */
  const run = async <Result>(work: (prepared: PreparedIndex) => Promise<Result>): Promise<Result> => {
    try {
      const prepared = await preparation.get();
      try {
        return await work(prepared);
      } catch (error) {
        // Another server may be there when the connection comes back.
        if (isConnectionError(error) || isIndexTrouble(error)) preparation.forget();
        if (!isIndexTrouble(error)) throw error;
        return await work(await preparation.get());
      }
    } catch (error) {
      throw toAppError(error);
    }
  };

  return {
    traits: { kind: 'opensearch' },
    replaceDocuments: (documents) => run(() => replaceDocuments(access, documents)),
    deleteDocument: (documentId) => run(() => deleteDocument(access, documentId)),
    lexical: (query) => run(() => searchLexical(access, query)),
    nearest: (query) =>
      run((prepared) => {
        storageOf(prepared);
        return searchNearest(access, query);
      }),
    passages: (ids, filter) => run(() => readPassages(access, ids, filter)),
    passagesWithoutEmbedding: (model, limit) => run(() => passagesWithoutVector(access, model, limit)),
    putEmbeddings: (model, embeddings) =>
      run((prepared) => putEmbeddings(access, { model, embeddings, vectors: storageOf(prepared) })),
    status: () =>
      run(async (prepared) => {
        const status = await statusReader.read(prepared.index);
        if (status === undefined) throw new Refusal(503, { type: indexReplaced });
        return { ...status, vectorsUnavailable: prepared.vectors === 'none' ? noPlugin : null };
      }),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

function storageOf({ vectors }: PreparedIndex): 'memory' | 'disk' {
  if (vectors === 'none') throw unavailable(noPlugin);
  return vectors;
}

/** The aliases stand for another index than the one that was prepared. */
const indexReplaced = 'index_replaced';
/** An index or alias that is missing, or an alias that stands for several, which is an illegal argument. */
const indexTroubles = new Set([indexReplaced, 'index_not_found_exception', 'illegal_argument_exception']);

const isIndexTrouble = (error: unknown): boolean => error instanceof Refusal && indexTroubles.has(error.type);
