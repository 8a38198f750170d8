import { afterAll, describe, expect, it, vi } from 'vitest';
import { startLlamaServer } from '../../../support/llama-server.ts';
import { once } from '../../../support/once.ts';
import { openRemote } from '../../../support/remote-engine.ts';
import { writeTinyModel, writeTinyReranker } from '../../../support/synthetic-model.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 90_000 });

const binary = process.env['LLAMA_SERVER'] ?? '';
const folder = await temporaryFolder();
const signal = new AbortController().signal;

const shared = once(async () => {
  const [vectors, ranks] = [folder.file('vectors.gguf'), folder.file('ranks.gguf')];
  await writeTinyModel(vectors);
  await writeTinyReranker(ranks);
  const common = { binary, slots: 1, contextTokens: 256 };
  const servers = await Promise.all([
    startLlamaServer({ ...common, model: vectors, alias: 'vectors', more: ['--embeddings', '--pooling', 'mean'] }),
    startLlamaServer({ ...common, model: ranks, alias: 'ranks', more: ['--reranking'] }),
  ]);
  return openRemote({ urls: servers.map(({ url }) => url), servers });
});

afterAll(async () => {
  await (await shared.made)?.[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

describe.skipIf(binary === '')('a llama-server for vectors (set LLAMA_SERVER to the path of one to run it)', () => {
  it('embeds texts, long ones in windows and empty ones as zeros', async () => {
    const engine = await shared.get();
    const texts = ['Quanto custa o frete?', '', 'palavra '.repeat(400)];
    const vectors = await engine.embed('vectors', texts, { signal });
    const lengths = vectors.map((vector) => Math.hypot(...vector));
    expect(lengths[0]).toBeCloseTo(1, 4);
    expect(lengths[1]).toBe(0);
    expect(lengths[2]).toBeCloseTo(1, 4);
    expect(new Set(vectors.map(({ length }) => length)).size).toBe(1);
  });

  it('ranks texts between 0 and 1, long ones by their best part', async () => {
    const engine = await shared.get();
    const texts = ['O frete custa 12 reais.', 'Nada disso.', 'palavra '.repeat(400)];
    const relevances = await engine.rerank({ model: 'ranks', query: 'frete', texts }, { signal });
    expect(relevances).toHaveLength(3);
    expect(relevances.every((relevance) => relevance >= 0 && relevance <= 1)).toBe(true);
    await expect(engine.rerank({ model: 'vectors', query: 'frete', texts }, { signal })).rejects.toMatchObject({
      code: 'model_unknown',
    });
  });
});
