import { afterAll, describe, expect, it, vi } from 'vitest';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { writeTinyReranker } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Starting a child takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
const model = folder.file('reranker.gguf');
await writeTinyReranker(model);
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const engine = createLlamaEngine({ files });
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});
const signal = new AbortController().signal;

describe('rerank', () => {
  it('gives one relevance in 0..1 per text, in order, the same whatever stands beside it', async () => {
    const texts = ['abc def', 'xyz', 'q'];
    const together = await engine.rerank({ model, query: 'abc', texts }, { signal });
    expect(together).toHaveLength(3);
    expect(together.every((relevance) => relevance > 0 && relevance < 1)).toBe(true);
    expect(new Set(together).size).toBe(3);
    for (const [index, text] of texts.entries()) {
      const [alone] = await engine.rerank({ model, query: 'abc', texts: [text] }, { signal });
      expect(alone).toBeCloseTo(together[index] ?? -1, 5);
    }
    expect(await engine.rerank({ model, query: 'abc', texts: [] }, { signal })).toEqual([]);
  });

  it('ranks a text longer than its window by its best part', async () => {
    const long = 'abc def ghi '.repeat(100);
    const [relevance] = await engine.rerank({ model, query: 'abc', texts: [long] }, { signal });
    expect(relevance).toBeGreaterThan(0);
    expect(relevance).toBeLessThan(1);
  });

  it('does not embed or answer with a reranker', async () => {
    await expect(engine.embed(model, ['abc'], { signal })).rejects.toMatchObject({ code: 'model_unknown' });
  });
});
