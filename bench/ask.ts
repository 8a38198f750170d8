import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createAsk, type Ask } from '@billumy/server/core/ask/ask';
import { splitPassages } from '@billumy/server/core/knowledge/passages';
import { createLanguageModels } from '@billumy/server/core/language-models/create-language-models';
import { createRetrieval } from '@billumy/server/core/retrieval/create-retrieval';
import { indexDocuments } from '@billumy/server/core/retrieval/index-documents';
import { openTextAnalyzer } from '@billumy/server/core/retrieval/text-analyzer';
import { openDatabase } from '@billumy/server/db/sqlite/database';
import { createSqliteConversationStore } from '@billumy/server/db/sqlite/sqlite-conversation-store';
import { everyone } from '@billumy/server/models/passage-filter';
import type { Principal } from '@billumy/server/models/principal';
import type { ConversationStore } from '@billumy/server/ports/conversation-store';
import type { Engine, GeneratePart } from '@billumy/server/ports/engine';
import type { SearchIndex } from '@billumy/server/ports/search-index';
import { openMemoryCache } from '@billumy/server/services/cache/memory-cache';
import { createLlamaEngine } from '@billumy/server/services/engine/llama/create-llama-engine';
import { createModelFiles } from '@billumy/server/services/model-files/create-model-files';
import { openSqliteIndex } from '@billumy/server/services/search/sqlite/open-sqlite-index';
import { type BenchRow, percentile, toRow } from './row.ts';

const questions = 200;
const collection = 'bench';
/** No account: the stages do not ask who it is beyond what may be seen. */
const principal: Principal = {
  userId: 'usr_bench',
  username: 'bench',
  role: 'member',
  groups: [],
  scopes: ['ask'],
  keyId: null,
  collections: null,
  models: null,
  dialects: null,
  requestsPerMinute: null,
  tokensPerDay: null,
};

/** Milliseconds of one question by stage; together all but the work of the engine. */
interface Stages {
  permit: number;
  retrieve: number;
  budget: number;
  engine: number;
  cite: number;
  store: number;
}

const stageNames: Readonly<Record<keyof Stages, string>> = {
  permit: 'permit: rights, model, memory, cache',
  retrieve: 'retrieve',
  budget: 'budget: gate, token counts, prompt',
  engine: 'to the engine and back, without its own time',
  cite: 'cite: what remains of it after the last word',
  store: 'store the turn durably',
};

/** Where the time of a new question goes, without HTTP: the pipeline on the real adapters, timed at its ports. */
export async function benchAsk(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-bench-'));
  const index = await openSqliteIndex({ path: join(folder, 'index.db') });
  const database = await openDatabase(join(folder, 'billumy.db'));
  const files = createModelFiles({
    directory: join(folder, 'models'),
    bundledDirectory: resolve('models/nano'),
    baseUrl: 'http://127.0.0.1:1',
    offline: true,
  });
  const engine = createLlamaEngine({ files });
  try {
    await fill(index);
    const clock = createStageClock();
    const ports = { index, engine: clock.engine(engine), conversations: clock.store(database) };
    const names = { language: 'nano', embedding: 'embeddinggemma:300m', rerank: null };
    const languageModels = createLanguageModels({ files, names, offline: true, installedForMs: 1000 });
    const cache = openMemoryCache({ now: Date.now });
    const retrieval = clock.retrieval(createRetrieval({ ...ports, cache, languageModels }));
    const metering = { assertTokensLeft: async () => {}, charge: async () => {} };
    const adapters = { over: async () => undefined };
    const ask = createAsk({ ...ports, adapters, retrieval, models: languageModels, cache, metering, now: () => new Date() });
    return toRows(await measure(ask, clock));
  } finally {
    await engine[Symbol.asyncDispose]();
    await index[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(index: SearchIndex): Promise<void> {
  await using analyzer = openTextAnalyzer();
  const lines = Array.from({ length: 40 }, (_, number) => `A filial ${number} fica na sala ${1000 + number}.`);
  const text = `Filiais\n\n${lines.join('\n\n')}\n`;
  const parsed = { title: 'Filiais', text, sections: [{ start: 0, path: ['Filiais'] }], pages: [] };
  const document = { documentId: 'doc_bench', revision: 1, collection };
  const passages = splitPassages(parsed, { ...document, title: 'Filiais', language: 'pt' });
  await indexDocuments({ index, analyzer }, [{ ...document, readers: [everyone], passages }]);
}

async function measure(ask: Ask, clock: StageClock): Promise<Stages[]> {
  const measured: Stages[] = [];
  for (let run = 0; run < questions; run++) {
    const text = `Em que sala fica a filial ${run % 40}, na consulta ${run}?`;
    clock.start();
    await ask.answer({ text, collections: [collection] }, { principal, signal: new AbortController().signal });
    measured.push(clock.stages());
  }
  return measured;
}

function toRows(measured: readonly Stages[]): BenchRow[] {
  const total = ({ permit, retrieve, budget, engine, cite, store }: Stages): number =>
    permit + retrieve + budget + engine + cite + store;
  const rows = (Object.keys(stageNames) as (keyof Stages)[]).map((stage) =>
    rowOf(
      stageNames[stage],
      measured.map((stages) => stages[stage]),
    ),
  );
  return [...rows, rowOf('all of these', measured.map(total))];
}

function rowOf(name: string, values: readonly number[]): BenchRow {
  const p95 = percentile(
    values.toSorted((first, second) => first - second),
    0.95,
  );
  const note = `${questions} new questions to nano, one after the other; p95 ${p95.toFixed(1)} ms`;
  return toRow({ name, unit: 'ms', note }, values);
}

type StageClock = ReturnType<typeof createStageClock>;

/** Notes when a question passes from stage to stage, by the calls it makes of the ports. */
function createStageClock() {
  let marks: Record<string, number> = {};
  const mark = (name: string): void => void (marks[name] = performance.now());
  const between = (first: string, second: string): number => marks[second]! - marks[first]!;

  async function* generate(engine: Engine, ...call: Parameters<Engine['generate']>): AsyncGenerator<GeneratePart> {
    mark('asked');
    for await (const part of engine.generate(...call)) {
      if (part.type === 'finish') {
        mark('written');
        marks['worked'] = part.timings.promptMs + part.timings.generateMs;
      }
      yield part;
    }
  }

  return {
    engine: (engine: Engine): Engine => ({
      ...engine,
      generate: (...call) => generate(engine, ...call),
    }),
    retrieval: (retrieval: ReturnType<typeof createRetrieval>): ReturnType<typeof createRetrieval> => ({
      async search(...call) {
        mark('permitted');
        const found = await retrieval.search(...call);
        mark('found');
        return found;
      },
    }),
    store(database: Awaited<ReturnType<typeof openDatabase>>): ConversationStore {
      const store = createSqliteConversationStore(database);
      return {
        ...store,
        async create(...turn) {
          mark('cited');
          await store.create(...turn);
          mark('stored');
        },
      };
    },
    start() {
      marks = {};
      mark('started');
    },
    stages: (): Stages => ({
      permit: between('started', 'permitted'),
      retrieve: between('permitted', 'found'),
      budget: between('found', 'asked'),
      engine: between('asked', 'written') - marks['worked']!,
      cite: between('written', 'cited'),
      store: between('cited', 'stored'),
    }),
  };
}
