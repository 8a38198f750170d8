import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gate } from '@billumy/server/core/ask/gate';
import { splitPassages } from '@billumy/server/core/knowledge/passages';
import { createRetrieval } from '@billumy/server/core/retrieval/create-retrieval';
import { embedMissing } from '@billumy/server/core/retrieval/embed-missing';
import { indexDocuments, type DocumentToIndex } from '@billumy/server/core/retrieval/index-documents';
import { detectLanguage } from '@billumy/server/core/retrieval/language';
import type { Retrieval } from '@billumy/server/core/retrieval/retrieval';
import { openTextAnalyzer } from '@billumy/server/core/retrieval/text-analyzer';
import { vectorSpace } from '@billumy/server/core/retrieval/vector-space';
import type { ModelProfile } from '@billumy/server/models/language-model';
import { everyone } from '@billumy/server/models/passage-filter';
import type { SearchIndex } from '@billumy/server/ports/search-index';
import { createLlamaEngine } from '@billumy/server/services/engine/llama/create-llama-engine';
import { createModelFiles } from '@billumy/server/services/model-files/create-model-files';
import { openMemoryCache } from '@billumy/server/services/cache/memory-cache';
import { openSqliteIndex } from '@billumy/server/services/search/sqlite/open-sqlite-index';
import { readEvaluationSet, type EvaluationDocument, type EvaluationQuestion } from './evaluation-set.ts';
import { evaluateInVitest } from './evaluate-in-vitest.ts';
import { rankingMetrics, type RankingMetrics } from './ranking-metrics.ts';

export interface EvaluationReport {
  documents: number;
  passages: number;
  questions: number;
  embeddingModel: string | null;
  asTyped: EvaluationFigures;
  withoutAccents: EvaluationFigures;
}

/** Ranking is measured on the answerable questions; `null` where there are none of the kind. */
export interface EvaluationFigures extends RankingMetrics {
  /** Share of the unanswerable questions that the gate before the model refuses. */
  refused: number | null;
  /** Share of the answerable questions that it lets pass. */
  kept: number | null;
}

const rankedDocuments = 10;
const documentsPerCall = 100;

/**
 * Measures retrieval on a folder of documents and labelled questions (see evaluation-set.ts), in a new index of the
 * embedded kind. `embeddingModel` is a name of the catalogue or a path of a GGUF file that is on this machine; without
 * it, words alone are searched.
 */
export async function runEval(
  folder: string,
  { embeddingModel = null }: { embeddingModel?: string | null } = {},
): Promise<EvaluationReport> {
  const { documents, questions } = await readEvaluationSet(folder);
  const directory = await mkdtemp(join(tmpdir(), 'billumy-eval-'));
  const files = createModelFiles({
    directory,
    bundledDirectory: directory,
    baseUrl: 'https://localhost',
    offline: true,
  });
  const index = await openSqliteIndex({ path: join(directory, 'search.db') });
  const engine = createLlamaEngine({ files });
  try {
    const profile = embeddingModel === null ? undefined : await files.profile(embeddingModel);
    const languageModels = { forEmbedding: async () => profile, forReranking: async () => undefined };
    await fill(index, documents);
    if (profile !== undefined) await embedAll(index, { profile, engine, languageModels });
    const retrieval = createRetrieval({ index, engine, cache: openMemoryCache({ now: Date.now }), languageModels });
    const plain = questions.map((each) => ({ ...each, question: withoutAccents(each.question) }));
    return {
      documents: documents.length,
      passages: (await index.status()).passages,
      questions: questions.length,
      embeddingModel,
      asTyped: await measure(retrieval, { questions, profile }),
      withoutAccents: await measure(retrieval, { questions: plain, profile }),
    };
  } finally {
    await index[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  }
}

async function fill(index: SearchIndex, documents: readonly EvaluationDocument[]): Promise<void> {
  await using analyzer = openTextAnalyzer();
  for (let start = 0; start < documents.length; start += documentsPerCall) {
    await indexDocuments({ index, analyzer }, documents.slice(start, start + documentsPerCall).map(toIndex));
  }
}

function toIndex({ id, title, text }: EvaluationDocument): DocumentToIndex {
  const collection = 'evaluation';
  const { language } = detectLanguage(text);
  const passages = splitPassages(
    { title, text, sections: [], pages: [] },
    { documentId: id, revision: 1, collection, title, language },
  );
  return { documentId: id, revision: 1, collection, readers: [everyone], passages };
}

async function embedAll(
  index: SearchIndex,
  { profile, engine, languageModels }: { profile: ModelProfile } & Omit<Parameters<typeof embedMissing>[0], 'index'>,
): Promise<void> {
  const stop = new AbortController();
  const embedding = embedMissing({ index, engine, languageModels }, { signal: stop.signal });
  const isComplete = async (): Promise<boolean> =>
    (await index.passagesWithoutEmbedding(vectorSpace(profile), 1)).length === 0;
  while (!(await isComplete())) await new Promise((resolve) => setTimeout(resolve, 200));
  stop.abort();
  await embedding;
}

async function measure(
  retrieval: Retrieval,
  { questions, profile }: { questions: readonly EvaluationQuestion[]; profile: ModelProfile | undefined },
): Promise<EvaluationFigures> {
  const outcomes = [];
  for (const { question, relevant, answerable } of questions) {
    const request = { queries: [question], filter: { collections: null, readers: null }, limit: rankedDocuments };
    const { signal } = new AbortController();
    const { passages } = await retrieval.search({ ...request, perDocument: 1 }, { signal });
    const ranked = passages.map(({ passage }) => passage.documentId);
    outcomes.push({ answerable, relevant, ranked, refused: gate(passages, profile?.name).refusal !== null });
  }
  const answerable = outcomes.filter((outcome) => outcome.answerable);
  const unanswerable = outcomes.filter((outcome) => !outcome.answerable);
  return {
    ...rankingMetrics(answerable),
    refused: share(unanswerable, ({ refused }) => refused),
    kept: share(answerable, ({ refused }) => !refused),
  };
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number | null {
  return items.length === 0 ? null : items.filter(holds).length / items.length;
}

const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');

function toTable({ asTyped, withoutAccents: plain, ...report }: EvaluationReport): string {
  return [
    `${report.documents} documents, ${report.passages} passages, ${report.questions} questions, ` +
      `embedding model: ${report.embeddingModel ?? 'none'}`,
    `${''.padEnd(16)} MRR@10      R@5  nDCG@10  refused     kept`,
    line('as typed', asTyped),
    line('without accents', plain),
    'refused: unanswerable questions stopped before the model; kept: answerable ones let through',
  ].join('\n');
}

function line(name: string, { mrr10, recall5, ndcg10, refused, kept }: EvaluationFigures): string {
  return `${name.padEnd(16)}${[mrr10, recall5, ndcg10, refused, kept].map(cell).join('  ')}`;
}

const cell = (value: number | null): string => (value === null ? '-' : value.toFixed(3)).padStart(7);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [subject = 'examples/eval', option] = process.argv.slice(2);
  if (subject === 'narratives') process.exit(evaluateInVitest('narrative-evaluation', { seed: option }));
  if (subject === 'insights') {
    const { insightFigures } = await import('./insights/insight-figures.ts');
    console.log(await insightFigures(Number(option ?? 200)));
  } else {
    const embeddingModel = option ?? process.env['EMBEDDING_MODEL'] ?? null;
    console.log(toTable(await runEval(subject, { embeddingModel })));
  }
}
