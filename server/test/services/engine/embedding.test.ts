import { afterAll, describe, expect, it, vi } from 'vitest';
import { greedySampling } from '../../../src/models/language-model.ts';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';

// Starting a child takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

/** The GGUF of a real embedding model; `scripts/models/minilm/minilm.sh` makes one. */
const model = process.env['BILLUMY_TEST_EMBEDDING_MODEL'] ?? '';
const signal = new AbortController().signal;

describe.skipIf(model === '')('embedding (set BILLUMY_TEST_EMBEDDING_MODEL to the GGUF of a model to run it)', () => {
  const files = createModelFiles({
    directory: 'data/models',
    bundledDirectory: 'models/nano',
    baseUrl: 'http://127.0.0.1:1',
  });
  const engine = createLlamaEngine({ files });
  afterAll(() => engine[Symbol.asyncDispose]());
  const similarity = (one: Float32Array | undefined, other: Float32Array | undefined): number =>
    one?.reduce((sum, value, index) => sum + value * (other?.[index] ?? 0), 0) ?? 0;

  it('puts texts of one meaning closer together than others', async () => {
    const texts = [
      'How do I send a product back?',
      'Our return policy for purchases',
      'The train to Manaus leaves at nine',
    ];
    const [question, policy, train] = await engine.embed(model, texts, { signal });
    expect(similarity(question, policy)).toBeGreaterThan(similarity(question, train) + 0.1);
  });

  it('gives one vector of length 1 per text, in order, the same whatever stands beside it', async () => {
    const texts = ['one', 'two', 'three'];
    const together = await engine.embed(model, texts, { signal });
    expect(together.map((vector) => similarity(vector, vector))).toEqual(texts.map(() => expect.closeTo(1, 5)));
    for (const [index, text] of texts.entries()) {
      const [alone] = await engine.embed(model, [text], { signal });
      expect(similarity(alone, together[index])).toBeCloseTo(1, 5);
    }
    expect(await engine.embed(model, [], { signal })).toEqual([]);
  });

  it('takes every part of a text longer than its window', async () => {
    const filler = 'The weather was fine and nothing happened. '.repeat(120);
    const [plain, start, end] = await engine.embed(
      model,
      [filler, `A refund of the purchase. ${filler}`, `${filler} A refund of the purchase.`],
      { signal },
    );
    expect(similarity(plain, plain)).toBeCloseTo(1, 5);
    expect(similarity(plain, start)).toBeLessThan(0.99999);
    expect(similarity(plain, end)).toBeLessThan(0.99999);
  });

  it('refuses what is no passage any more', async () => {
    const book = 'word '.repeat(100_000);
    await expect(engine.embed(model, [book], { signal })).rejects.toMatchObject({ code: 'context_too_long' });
  });

  it('gives a text without tokens a vector of zeros', async () => {
    const [nothing] = await engine.embed(model, [''], { signal });
    expect(nothing?.every((value) => value === 0)).toBe(true);
  });

  it('serves a short call while a long one runs, and stops one whose caller left', async () => {
    const abort = new AbortController();
    const order: string[] = [];
    const long = engine.embed(
      model,
      Array.from({ length: 400 }, (_, index) => `passage ${index}`),
      { signal: abort.signal },
    );
    const ended = long.catch((error: unknown) => error).finally(() => order.push('long'));
    await engine.embed(model, ['a question'], { signal });
    order.push('short');
    const reason = new Error('left');
    abort.abort(reason);
    expect(await ended).toBe(reason);
    expect(order).toEqual(['short', 'long']);
  });

  it('does not write answers with an embedding model', async () => {
    const prompt = { type: 'chat', messages: [{ role: 'user', text: 'Hello' }] } as const;
    const request = { model, prompt };
    const sampling = { ...greedySampling, maxTokens: 5 };
    const parts = engine.generate({ ...request, sampling }, { signal })[Symbol.asyncIterator]();
    await expect(parts.next()).rejects.toMatchObject({ code: 'model_unknown' });
  });
});
