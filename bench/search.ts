import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRetrieval } from '@billumy/server/core/retrieval/create-retrieval';
import { indexDocuments } from '@billumy/server/core/retrieval/index-documents';
import { openTextAnalyzer } from '@billumy/server/core/retrieval/text-analyzer';
import type { ModelProfile } from '@billumy/server/models/language-model';
import { everyone } from '@billumy/server/models/passage-filter';
import type { Engine } from '@billumy/server/ports/engine';
import type { SearchIndex } from '@billumy/server/ports/search-index';
import { openMemoryCache } from '@billumy/server/services/cache/memory-cache';
import { openSqliteIndex } from '@billumy/server/services/search/sqlite/open-sqlite-index';
import { openOpenSearchIndex } from '@billumy/server/services/search/opensearch/open-opensearch-index';
import { residentMegabytes, startedWith } from './memory.ts';
import { percentile, toRow, toTable, type BenchRow } from './row.ts';
import { startServers } from './servers.ts';
import { near, seededRandom, syntheticCorpus, type SyntheticCorpus } from './synthetic-passages.ts';

const dimensions = 384;
const queries = 200;
const warmUpQueries = 20;
/** Node compiles during the first of them, which stay in the figures as the slowest. */
const rounds = 9;
const wordsPerQuery = 6;
const collectionsPerFilter = 3;
const documentsPerCall = 100;
const callsAtOnce = 3;
const embeddingsPerCall = 2_000;
/** Long enough for the index to merge what was written, as it does in every pause. */
const pauseMs = 5_000;

/** An index to measure; each `open` makes a new, empty one. */
export interface MeasuredIndex {
  /** Of other indices than the embedded one, after the name of a figure. */
  name?: string;
  open(folder: string): Promise<SearchIndex>;
}

const embeddedIndex: MeasuredIndex = { open: (folder) => openSqliteIndex({ path: join(folder, 'search.db') }) };

/** Ingestion without embedding, and hybrid search under a permission filter, on the same data in each index. */
export async function benchSearch({
  sizes = [10_000, 100_000],
  indices = [embeddedIndex] as readonly MeasuredIndex[],
} = {}): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of sizes) {
    const corpus = syntheticCorpus(size, dimensions);
    for (const index of indices) rows.push(...(await benchIndex(index, corpus)));
  }
  return rows;
}

/** The embedded index and the one in OpenSearch, with the same data in one run. */
export async function benchSearchServer(): Promise<BenchRow[]> {
  const servers = await startServers({ names: ['opensearch'], report: () => undefined });
  const server: MeasuredIndex = {
    name: 'OpenSearch',
    open: async () => openOpenSearchIndex({ urls: [servers.urls.opensearch!], prefix: `bench${Date.now()}` }),
  };
  try {
    const rows = await benchSearch({ indices: [{ ...embeddedIndex, name: 'embedded' }, server] });
    const memory = startedWith('opensearch').map(residentMegabytes);
    return [
      ...rows,
      toRow({ name: 'memory of OpenSearch', unit: 'MB', note: 'after all of this, heap 512 MB' }, memory),
    ];
  } finally {
    await servers.stop();
  }
}

async function benchIndex({ name, open }: MeasuredIndex, corpus: SyntheticCorpus): Promise<BenchRow[]> {
  const size = corpus.vectors.length;
  const folder = await mkdtemp(join(tmpdir(), 'billumy-bench-'));
  const index = await open(folder);
  try {
    const rate = size / (await ingest(index, corpus));
    await embed(index, corpus);
    await setTimeout(pauseMs);
    const measured: number[][] = [];
    for (let round = 0; round < rounds; round += 1) {
      measured.push((await search(index, { corpus, seed: round })).toSorted((a, b) => a - b));
    }
    const passages = `${size.toLocaleString('en-GB')} passages${name === undefined ? '' : `, ${name}`}`;
    const goal = (text: string): string => (name === 'OpenSearch' ? '' : `goal ${text}`);
    const what = `hybrid top-10 with permission filter, ${passages}`;
    const how = `${dimensions} dimensions, ${rounds} rounds of ${queries} different queries`;
    return [
      toRow(
        {
          name: `ingest, ${passages}`,
          unit: 'passages/s',
          note: `about 80 words each, analysed and indexed, not embedded, one run ${goal('10,000')}`.trim(),
        },
        [rate],
      ),
      toRow(
        { name: `${what}, p50`, unit: 'ms', note: how },
        measured.map((times) => percentile(times, 0.5)),
      ),
      toRow(
        { name: `${what}, p95`, unit: 'ms', note: goal(size > 10_000 ? '12 ms' : '3 ms') },
        measured.map((times) => percentile(times, 0.95)),
      ),
    ];
  } finally {
    await index[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ingest(index: SearchIndex, { documents }: SyntheticCorpus): Promise<number> {
  await using analyzer = openTextAnalyzer();
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < documents.length) {
      const batch = documents.slice(next, (next += documentsPerCall));
      await indexDocuments({ index, analyzer }, batch);
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, worker));
  return (performance.now() - started) / 1_000;
}

async function embed(index: SearchIndex, { documents, vectors }: SyntheticCorpus): Promise<void> {
  const passages = documents.flatMap((document) => document.passages);
  for (let start = 0; start < passages.length; start += embeddingsPerCall) {
    const batch = passages.slice(start, start + embeddingsPerCall);
    await index.putEmbeddings(
      profile.name,
      batch.map(({ id }, offset) => ({ passageId: id, vector: vectors[start + offset]! })),
    );
  }
}

/** Milliseconds per search, as `POST /search` does it, the embedding of the query left out. */
async function search(
  index: SearchIndex,
  { corpus: { documents, vectors, collections }, seed }: { corpus: SyntheticCorpus; seed: number },
): Promise<number[]> {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  let vector = vectors[0]!;
  const engine: Engine = { ...unusedEngine, embed: async () => [vector] };
  const languageModels = { forEmbedding: async () => profile, forReranking: async () => undefined };
  const retrieval = createRetrieval({ index, engine, cache: openMemoryCache({ now: Date.now }), languageModels });
  const times: number[] = [];
  for (let query = -warmUpQueries; query < queries; query += 1) {
    const words = pick(pick(documents).passages).text.split(' ');
    const question = Array.from({ length: wordsPerQuery }, () => pick(words)).join(' ');
    vector = near(pick(vectors), random);
    const filter = {
      collections: Array.from({ length: collectionsPerFilter }, () => pick(collections)),
      readers: [everyone, 'user:ana', 'group:sales'],
    };
    const started = performance.now();
    const request = { queries: [question], filter, limit: 10, perDocument: 3 };
    await retrieval.search(request, { signal: new AbortController().signal });
    if (query >= 0) times.push(performance.now() - started);
  }
  return times;
}

const profile: ModelProfile = {
  name: 'bench',
  kind: 'embedding',
  source: '/bench.gguf',
  sha256: null,
  bytes: null,
  licence: 'none',
  capabilities: ['embedding'],
  description: { pt: '', en: '' },
  contextTokens: 512,
  sourceTokens: 512,
  queryPrefix: '',
  passagePrefix: '',
  parameters: {},
};

const unused = (): never => {
  throw new Error('the benchmark of search embeds nothing');
};

const unusedEngine: Engine = {
  traits: { kind: 'none', tokenizes: false, ignores: [] },
  generate: unused,
  embed: unused,
  rerank: unused,
  countTokens: unused,
  tokenize: unused,
  detokenize: unused,
  load: unused,
  status: unused,
  async [Symbol.asyncDispose]() {},
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = process.argv.slice(2).map(Number);
  console.log(toTable(await benchSearch(sizes.length === 0 ? {} : { sizes })));
}
