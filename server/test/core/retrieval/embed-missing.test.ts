import { describe, expect, it, vi } from 'vitest';
import { createRetrieval } from '../../../src/core/retrieval/create-retrieval.ts';
import { embedMissing } from '../../../src/core/retrieval/embed-missing.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { told } from '../../../src/errors/told.ts';
import type { Engine, EngineStatus } from '../../../src/ports/engine.ts';
import type { SearchIndex } from '../../../src/ports/search-index.ts';
import { openSqliteIndex } from '../../../src/services/search/sqlite/open-sqlite-index.ts';
import { indexedDocument, type DocumentSketch } from '../../support/passages.ts';
import {
  installedModels,
  loadedModel,
  modelProfile,
  scriptedEngine,
  type InstalledModels,
} from '../../support/retrieval-doubles.ts';
import { all, unitVector } from '../../support/search.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openMemoryCache } from '../../../src/services/cache/memory-cache.ts';

const pauses = { idleMs: 5, busyMs: 5, failedMs: 5 };
const idle: EngineStatus = { state: 'ok', reason: null, loaded: [], waiting: 0, queues: [] };
const sizes: Readonly<Record<string, number>> = { small: 16, large: 32 };

/** An engine whose vectors point where the last number of the text says. */
function embeddingEngine(asked: string[], status = async (): Promise<EngineStatus> => idle): Engine {
  return {
    ...scriptedEngine({
      async embed(model, texts) {
        asked.push(...texts.map((text) => `${model}|${text}`));
        return texts.map((text) => unitVector(sizes[model] ?? 0, Number(/\d+(?=\D*$)/.exec(text)?.[0] ?? 0)));
      },
    }),
    status,
  };
}

interface Background extends AsyncDisposable {
  index: SearchIndex;
  /** Until every passage has a vector of the model. */
  finished(model: string): Promise<void>;
}

async function start(
  documents: readonly DocumentSketch[],
  engine: Engine,
  models: InstalledModels,
): Promise<Background> {
  const folder = await temporaryFolder();
  const index = await openSqliteIndex({ path: folder.file('search.db') });
  await index.replaceDocuments(documents.map(indexedDocument));
  const stop = new AbortController();
  const ended = embedMissing({ index, engine, languageModels: models }, { signal: stop.signal, pauses });
  return {
    index,
    async finished(model) {
      const isComplete = async (): Promise<boolean> => {
        const { passages, embeddings } = await index.status();
        return embeddings.some((each) => each.model === model && each.passages === passages);
      };
      await expect.poll(isComplete, { interval: 5 }).toBe(true);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
      await index[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const twelve: DocumentSketch = {
  id: 'a',
  title: 'Entregas',
  section: ['Norte'],
  texts: Array.from({ length: 12 }, (_, number) => `Texto ${number}.`),
};

describe('embedding in the background', () => {
  it('embeds every passage once, with prefix, title and headings', async () => {
    const asked: string[] = [];
    await using work = await start([twelve], embeddingEngine(asked), installedModels(modelProfile('small')));
    await work.finished('small');
    expect(asked).toHaveLength(12);
    expect(asked[0]).toBe('small|passage: Entregas > Norte\nTexto 0.');
  });

  it('embeds nothing for an index that keeps no vectors, until it does', async () => {
    const asked: string[] = [];
    const models = installedModels();
    await using work = await start([twelve], embeddingEngine(asked), models);
    const { status } = work.index;
    const looked = vi.fn<SearchIndex['status']>(async () => ({
      ...(await status()),
      vectorsUnavailable: told`It lacks a plugin.`,
    }));
    work.index.status = looked;
    models.embedding = modelProfile('small');
    await expect.poll(() => looked.mock.calls.length).toBeGreaterThan(3);
    expect(asked).toEqual([]);
    work.index.status = status;
    await work.finished('small');
    expect(asked).toHaveLength(12);
  });

  it('notices documents that come later', async () => {
    const asked: string[] = [];
    await using work = await start([twelve], embeddingEngine(asked), installedModels(modelProfile('small')));
    await work.finished('small');
    await work.index.replaceDocuments([indexedDocument({ id: 'b', texts: ['Mais um.'] })]);
    await work.finished('small');
    expect(asked.at(-1)).toBe('small|passage: Mais um.');
  });

  it('waits for a model, and embeds anew when it is changed, while questions are answered', async () => {
    const models = installedModels();
    const engine = embeddingEngine([]);
    await using work = await start([twelve], engine, models);
    const retrieval = createRetrieval({
      index: work.index,
      engine,
      cache: openMemoryCache({ now: Date.now }),
      languageModels: models,
    });
    const search = () =>
      retrieval.search(
        { queries: ['texto 7'], filter: all, limit: 1, perDocument: 1 },
        { signal: new AbortController().signal },
      );
    expect((await search()).degraded).toBe('no embedding model');
    for (const name of ['small', 'large']) {
      models.embedding = modelProfile(name);
      expect((await search()).passages[0]?.passage.text).toBe('Texto 7.');
      await work.finished(name);
      const { passages, degraded } = await search();
      expect(degraded).toBeNull();
      expect(passages[0]?.passage.text).toBe('Texto 7.');
    }
    expect((await work.index.status()).embeddings).toEqual([{ model: 'large', dimensions: 32, passages: 12 }]);
  });

  it('embeds anew when another file comes under the same name', async () => {
    const asked: string[] = [];
    const models = installedModels(modelProfile('small', { sha256: 'first' }));
    await using work = await start([twelve], embeddingEngine(asked), models);
    await work.finished('small@first');
    models.embedding = modelProfile('small', { sha256: 'second' });
    await work.finished('small@second');
    expect(asked).toHaveLength(24);
    expect((await work.index.status()).embeddings.map(({ model }) => model)).toEqual(['small@second']);
  });

  it('lets an answer that is being written go first', async () => {
    const asked: string[] = [];
    const load = { looks: 0, busy: 1 };
    const engine = embeddingEngine(asked, async () => {
      load.looks += 1;
      return { ...idle, loaded: [{ ...loadedModel, busy: load.busy }] };
    });
    await using work = await start([twelve], engine, installedModels(modelProfile('small')));
    await expect.poll(() => load.looks, { interval: 5 }).toBeGreaterThan(3);
    expect(asked).toEqual([]);
    load.busy = 0;
    await work.finished('small');
  });

  it('goes on after the engine failed', async () => {
    const failures = { left: 3 };
    const works = embeddingEngine([]);
    const engine: Engine = {
      ...works,
      async embed(model, texts, options) {
        if (failures.left > 0) {
          failures.left -= 1;
          throw new AppError('engine_failed');
        }
        return works.embed(model, texts, options);
      },
    };
    await using work = await start([twelve], engine, installedModels(modelProfile('small')));
    await work.finished('small');
    expect(failures.left).toBe(0);
  });

  it('embeds the beginning of a passage that is too long for the model', async () => {
    const asked: string[] = [];
    const works = embeddingEngine(asked);
    const engine: Engine = {
      ...works,
      async embed(model, texts, options) {
        if (texts.some((text) => text.length > 60)) throw new AppError('context_too_long');
        return works.embed(model, texts, options);
      },
    };
    const texts = ['Curto.', 'x'.repeat(200)];
    await using work = await start([{ id: 'a', texts }], engine, installedModels(modelProfile('small')));
    await work.finished('small');
    expect(asked).toEqual(['small|passage: Curto.', `small|passage: ${'x'.repeat(43)}`]);
  });
});
