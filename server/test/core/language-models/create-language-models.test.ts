import { describe, expect, it } from 'vitest';
import {
  createLanguageModels,
  type LanguageModelsOptions,
} from '../../../src/core/language-models/create-language-models.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { ModelProfile } from '../../../src/models/language-model.ts';
import { modelProfile } from '../../support/retrieval-doubles.ts';

const known: Readonly<Record<string, ModelProfile['kind']>> = {
  nano: 'language',
  'llama3.2:1b': 'language',
  'llama3.1:8b': 'language',
  'bge-m3': 'embedding',
  reranker: 'reranker',
  '/models/own.gguf': 'language',
};

/** Files where downloads bring what `outcomes` says, one after the other, then the file. */
function fakeFiles(installed: string[], outcomes: AppError[] = []) {
  const tried: string[] = [];
  const files: LanguageModelsOptions['files'] = {
    async profile(name) {
      const kind = known[name];
      if (kind === undefined) throw new AppError('model_unknown');
      return modelProfile(name, { kind });
    },
    isInstalled: async (name) => installed.includes(name),
    async download(name) {
      tried.push(name);
      const failure = outcomes.shift();
      if (failure !== undefined) throw failure;
      installed.push(name);
    },
    list: async () =>
      Object.entries(known)
        .filter(([name]) => !name.startsWith('/'))
        .map(([name, kind]) => ({ profile: modelProfile(name, { kind }), installed: installed.includes(name) })),
  };
  return { files, tried };
}

function setUp(installed: string[], change: Partial<LanguageModelsOptions> & { outcomes?: AppError[] } = {}) {
  const { files, tried } = fakeFiles(installed, change.outcomes);
  const names = { language: 'llama3.2:1b', embedding: 'bge-m3', rerank: 'reranker' };
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  return { models: createLanguageModels({ files, names, offline: false, wait, ...change }), tried, waits };
}

const never = new AbortController().signal;

describe('language models', () => {
  it('answers with the configured model when it is there, with nano while it is not', async () => {
    expect(await setUp(['nano', 'llama3.2:1b']).models.forAnswers()).toMatchObject({ name: 'llama3.2:1b' });
    expect(await setUp(['nano']).models.forAnswers()).toMatchObject({ name: 'nano' });
    await expect(setUp([]).models.forAnswers()).rejects.toMatchObject({ code: 'model_unavailable' });
  });

  it('looks again for a model after the time it was told', async () => {
    const installed = ['nano'];
    let time = 0;
    const { models } = setUp(installed, { installedForMs: 1000, now: () => time });
    expect(await models.forAnswers()).toMatchObject({ name: 'nano' });
    installed.push('llama3.2:1b');
    time = 999;
    expect(await models.forAnswers()).toMatchObject({ name: 'nano' });
    time = 1000;
    expect(await models.forAnswers()).toMatchObject({ name: 'llama3.2:1b' });
  });

  it('answers with the model asked for, or says why not', async () => {
    const { models } = setUp(['nano', 'llama3.2:1b', 'bge-m3']);
    expect(await models.forAnswers('nano')).toMatchObject({ name: 'nano' });
    await expect(models.forAnswers('llama3.1:8b')).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(models.forAnswers('gpt-4')).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(models.forAnswers('bge-m3')).rejects.toMatchObject({ code: 'model_unknown' });
  });

  it('takes paths from the settings, not from callers', async () => {
    const installed = ['/models/own.gguf'];
    const names = { language: '/models/own.gguf', embedding: null, rerank: null };
    const own = setUp(installed, { names });
    expect(await own.models.forAnswers('/models/own.gguf')).toMatchObject({ name: '/models/own.gguf' });
    await expect(setUp(installed).models.forAnswers('/models/own.gguf')).rejects.toMatchObject({
      code: 'model_unknown',
    });
    await expect(setUp(installed).models.forAnswers('hf:a/b/c.gguf')).rejects.toMatchObject({ code: 'model_unknown' });
  });

  it('embeds and reranks only with what is there', async () => {
    expect(await setUp(['bge-m3']).models.forEmbedding()).toMatchObject({ name: 'bge-m3' });
    expect(await setUp([]).models.forEmbedding()).toBeUndefined();
    expect(await setUp(['bge-m3']).models.forReranking()).toBeUndefined();
    const names = { language: 'nano', embedding: null, rerank: null };
    expect(await setUp(['bge-m3'], { names }).models.forEmbedding()).toBeUndefined();
  });

  it('downloads what is missing, trying again with growing waits', async () => {
    const outcomes = [new AppError('download_failed'), new AppError('disk_full')];
    const failed: string[] = [];
    const { models, tried, waits } = setUp(['nano'], { outcomes, downloadFailed: (model) => void failed.push(model) });
    await models.downloadMissing(never);
    expect(tried).toEqual(['llama3.2:1b', 'llama3.2:1b', 'llama3.2:1b', 'bge-m3', 'reranker']);
    expect(failed).toEqual(['llama3.2:1b', 'llama3.2:1b']);
    expect(waits).toHaveLength(2);
    expect(await models.forAnswers()).toMatchObject({ name: 'llama3.2:1b' });
  });

  it('does not try again what cannot come', async () => {
    const { models, tried } = setUp([], { outcomes: [new AppError('model_unavailable')] });
    await models.downloadMissing(never);
    expect(tried).toEqual(['llama3.2:1b', 'bge-m3', 'reranker']);
  });

  it('stops when the signal aborts, and never starts when it is offline', async () => {
    const abort = new AbortController();
    const outcomes = [new AppError('download_failed')];
    const stopping = setUp([], { outcomes, downloadFailed: () => abort.abort() });
    await stopping.models.downloadMissing(abort.signal);
    expect(stopping.tried).toEqual(['llama3.2:1b']);
    const offline = setUp([], { offline: true });
    await offline.models.downloadMissing(never);
    expect(offline.tried).toEqual([]);
  });

  it('lists the configured models first, and the rest of the catalogue', async () => {
    const listed = await setUp(['nano', 'bge-m3']).models.list();
    expect(listed.map(({ profile, configured, installed }) => [profile.name, configured, installed])).toEqual([
      ['llama3.2:1b', true, false],
      ['bge-m3', true, true],
      ['reranker', true, false],
      ['nano', false, true],
      ['llama3.1:8b', false, false],
    ]);
  });
});
