import { describe, expect, it } from 'vitest';
import { createRetrieval } from '../../../src/core/retrieval/create-retrieval.ts';
import type { RetrievalRequest, RetrievalResult } from '../../../src/core/retrieval/retrieval.ts';
import { told } from '../../../src/errors/told.ts';
import type { Engine } from '../../../src/ports/engine.ts';
import type { SearchIndex } from '../../../src/ports/search-index.ts';
import { openSqliteIndex } from '../../../src/services/search/sqlite/open-sqlite-index.ts';
import { indexedDocument, type DocumentSketch } from '../../support/passages.ts';
import {
  installedModels,
  modelProfile,
  scriptedEngine,
  type InstalledModels,
} from '../../support/retrieval-doubles.ts';
import { all, unitVector } from '../../support/search.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openMemoryCache } from '../../../src/services/cache/memory-cache.ts';

const small = modelProfile('small');
const dimensions = 16;

interface Setup extends AsyncDisposable {
  index: SearchIndex;
  search(query: string | readonly string[], request?: Partial<RetrievalRequest>): Promise<RetrievalResult>;
}

async function setup(
  documents: readonly DocumentSketch[],
  { engine = scriptedEngine(), models = installedModels() }: { engine?: Engine; models?: InstalledModels } = {},
): Promise<Setup> {
  const folder = await temporaryFolder();
  const index = await openSqliteIndex({ path: folder.file('search.db') });
  await index.replaceDocuments(documents.map(indexedDocument));
  const retrieval = createRetrieval({
    index,
    engine,
    cache: openMemoryCache({ now: Date.now }),
    languageModels: models,
  });
  return {
    index,
    search: (query, request = {}) =>
      retrieval.search(
        { queries: [query].flat(), filter: all, limit: 5, perDocument: 3, ...request },
        { signal: new AbortController().signal },
      ),
    async [Symbol.asyncDispose]() {
      await index[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const idsOf = ({ passages }: RetrievalResult): string[] => passages.map(({ passage }) => passage.id);

describe('retrieval', () => {
  it('finds by words alone while there is no embedding model, and says so', async () => {
    await using world = await setup([
      { id: 'a', texts: ['O prazo de entrega é de 12 dias.', 'A garantia é de um ano.'] },
    ]);
    const result = await world.search('Qual é o prazo?');
    expect(idsOf(result)).toEqual(['a:1:0']);
    expect(result.passages[0]).toMatchObject({ lexical: { rank: 1 }, dense: null });
    expect(result.degraded).toBe('no embedding model');
  });

  it('fuses both legs', async () => {
    const asked: string[][] = [];
    const engine = scriptedEngine({
      async embed(model, texts) {
        asked.push([model, ...texts]);
        return texts.map(() => unitVector(dimensions, 0));
      },
    });
    const models = installedModels(small);
    await using world = await setup([{ id: 'a', texts: ['Prazo de entrega.', 'Prazo.', 'Tempo de envio.'] }], {
      engine,
      models,
    });
    await world.index.putEmbeddings('small', [
      { passageId: 'a:1:0', vector: unitVector(dimensions, 0, 0.3) },
      { passageId: 'a:1:1', vector: unitVector(dimensions, 5) },
      { passageId: 'a:1:2', vector: unitVector(dimensions, 0) },
    ]);
    const result = await world.search('prazo de entrega');
    expect(idsOf(result)).toEqual(['a:1:0', 'a:1:1', 'a:1:2']);
    expect(result.passages.map(({ lexical, dense }) => [lexical?.rank, dense?.rank])).toEqual([
      [1, 2],
      [2, 3],
      [undefined, 1],
    ]);
    expect(result.degraded).toBeNull();
    await world.search('prazo de entrega');
    expect(asked).toEqual([['small', 'query: prazo de entrega']]);
  });

  it('leaves the dense leg out until nearly all passages have vectors of the model', async () => {
    const engine = scriptedEngine();
    await using world = await setup([{ id: 'a', texts: ['Prazo.', 'Entrega.'] }], {
      engine,
      models: installedModels(small),
    });
    await world.index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
    await world.index.putEmbeddings('old', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
    const result = await world.search('prazo');
    expect(idsOf(result)).toEqual(['a:1:0']);
    expect(result.degraded).toBe('embedding under way: 50 % of passages');
  });

  it('leaves the dense leg out of an index that keeps no vectors, with its reason', async () => {
    await using world = await setup([{ id: 'a', texts: ['Prazo.'] }], { models: installedModels(small) });
    const status = await world.index.status();
    world.index.status = async () => ({ ...status, vectorsUnavailable: told`It lacks a plugin.` });
    const result = await world.search('prazo');
    expect(idsOf(result)).toEqual(['a:1:0']);
    expect(result.degraded).toBe('It lacks a plugin.');
  });

  it('answers by words when the embedding model fails, and says so', async () => {
    const engine = scriptedEngine({ embed: () => Promise.reject(new Error('the engine died')) });
    await using world = await setup([{ id: 'a', texts: ['Prazo.'] }], { engine, models: installedModels(small) });
    await world.index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
    const result = await world.search('prazo');
    expect(idsOf(result)).toEqual(['a:1:0']);
    expect(result.degraded).toBe('the embedding model did not answer');
  });

  it('searches several questions at once and fuses all of them', async () => {
    await using world = await setup([{ id: 'a', texts: ['Prazo de entrega.', 'Garantia do produto.'] }]);
    const result = await world.search(['E a garantia?', 'Qual é o prazo de entrega?']);
    expect(idsOf(result).toSorted()).toEqual(['a:1:0', 'a:1:1']);
    expect(result.passages.map(({ coverage }) => coverage)).toEqual([1, 1]);
  });

  it('takes at most so many passages of one document, and fills up from others', async () => {
    await using world = await setup([
      { id: 'a', texts: ['Prazo prazo.', 'Prazo prazo.', 'Prazo prazo.'] },
      { id: 'b', texts: ['O prazo e muitas outras coisas que a frase conta.'] },
    ]);
    const result = await world.search('prazo', { perDocument: 2, limit: 3 });
    expect(idsOf(result)).toEqual(['a:1:0', 'a:1:1', 'b:1:0']);
  });

  it('shows only what the filter permits', async () => {
    await using world = await setup([
      { id: 'a', texts: ['Prazo.'], readers: ['group:board'] },
      { id: 'b', texts: ['Prazo.'] },
    ]);
    expect(idsOf(await world.search('prazo', { filter: { collections: null, readers: ['everyone'] } }))).toEqual([
      'b:1:0',
    ]);
  });

  it('weighs coverage by the rarity of the words of the question', async () => {
    const common = Array.from({ length: 30 }, (_, number) => `Entrega número ${number}.`);
    await using world = await setup([{ id: 'a', texts: [...common, 'Entrega em Manaus.'] }], {});
    const { passages } = await world.search('entrega em Manaus', { limit: 2, perDocument: 2 });
    expect(passages[0]).toMatchObject({ passage: { id: 'a:1:30' }, coverage: 1 });
    expect(passages[1]!.coverage).toBeGreaterThan(0);
    expect(passages[1]!.coverage).toBeLessThan(0.1);
    const unknown = await world.search('entrega do helicóptero', { limit: 1 });
    expect(unknown.passages[0]!.coverage).toBeLessThan(0.1);
  });

  it('counts an identifier as covered however it is written', async () => {
    await using world = await setup([{ id: 'a', texts: ['O preço do SKU123 é 10.'] }]);
    const { passages } = await world.search('Preço do SKU-123');
    expect(passages[0]?.coverage).toBe(1);
  });

  it('gives the same result for a question typed without accents', async () => {
    await using world = await setup([
      { id: 'a', texts: ['As solicitações de férias são analisadas pela administração.', 'O órgão público de água.'] },
      { id: 'b', language: 'en', texts: ['Vacation requests are reviewed by the administration.'] },
    ]);
    for (const question of ['Quem analisa as solicitações de férias?', 'órgão de água', 'administração']) {
      const plain = question.normalize('NFD').replaceAll(/\p{M}/gu, '');
      expect(await world.search(plain)).toEqual(await world.search(question));
    }
  });

  it('orders by the reranker when there is one, and as before when it fails', async () => {
    const scores = new Map([
      ['Prazo de entrega.', 0.1],
      ['Prazo.', 0.9],
    ]);
    const script = { fails: false };
    const engine = scriptedEngine({
      async rerank({ texts }) {
        if (script.fails) throw new Error('the engine died');
        return texts.map((text) => scores.get(text) ?? 0);
      },
    });
    const models = installedModels(undefined, modelProfile('judge', { kind: 'reranker' }));
    await using world = await setup([{ id: 'a', texts: ['Prazo de entrega.', 'Prazo.'] }], { engine, models });
    expect(idsOf(await world.search('prazo de entrega', { limit: 1 }))).toEqual(['a:1:1']);
    script.fails = true;
    expect(idsOf(await world.search('prazo de entrega', { limit: 1 }))).toEqual(['a:1:0']);
  });

  it('finds a document while it is replaced again and again', async () => {
    const texts = ['Prazo de entrega.', 'Prazo de pagamento.'];
    await using world = await setup([{ id: 'a', texts }]);
    const writer = { running: true };
    const writing = (async () => {
      for (let revision = 2; revision < 40; revision += 1) {
        await world.index.replaceDocuments([indexedDocument({ id: 'a', revision, texts })]);
      }
      writer.running = false;
    })();
    const results: RetrievalResult[] = [];
    while (writer.running) results.push(await world.search('prazo'));
    await writing;
    for (const { passages } of results) {
      expect(passages).toHaveLength(2);
      expect(passages[0]!.passage.revision).toBe(passages[1]!.passage.revision);
    }
  });

  it('stops when the signal aborts', async () => {
    await using world = await setup([{ id: 'a', texts: ['Prazo.'] }]);
    const retrieval = createRetrieval({
      index: world.index,
      engine: scriptedEngine(),
      cache: openMemoryCache({ now: Date.now }),
      languageModels: installedModels(),
    });
    const reason = new Error('the client left');
    const request = { queries: ['prazo'], filter: all, limit: 5, perDocument: 3 };
    await expect(retrieval.search(request, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('gives nothing for questions without content, and for an empty index', async () => {
    await using world = await setup([{ id: 'a', texts: ['O prazo.'] }]);
    for (const question of ['', '   ', 'o que é?', '?!', '\u0000']) {
      expect((await world.search(question)).passages).toEqual([]);
    }
    await using empty = await setup([]);
    expect((await empty.search('prazo')).passages).toEqual([]);
  });
});
