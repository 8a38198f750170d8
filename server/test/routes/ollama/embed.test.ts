import { afterEach, describe, expect, it } from 'vitest';
import type { EmbeddingRequest, Embeddings } from '../../../src/core/completions/completions.ts';
import { closeOllamaApps, openOllamaApp } from '../../support/ollama-app.ts';

afterEach(closeOllamaApps);

const embed = async ({ texts }: EmbeddingRequest): Promise<Embeddings> => ({
  vectors: texts.map(() => Float32Array.of(0.6, -0.8, 0)),
  promptTokens: texts.length * 3,
});

describe('POST /api/embed', () => {
  it('gives a vector for each text, with nine digits', async () => {
    const { post, completions } = await openOllamaApp({ embed });
    const body = { model: 'm', input: ['a', 'b'], dimensions: 3, keep_alive: '1m', truncate: false };
    const reply = await post('/api/embed', body);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.json()).toEqual({
      model: 'm',
      embeddings: [
        [0.600000024, -0.800000012, 0],
        [0.600000024, -0.800000012, 0],
      ],
      total_duration: expect.any(Number) as number,
      prompt_eval_count: 6,
    });
    const asked = { model: 'm', texts: ['a', 'b'], truncate: false, dimensions: 3, keepAliveMs: 60_000 };
    expect(completions.embeddings).toEqual([asked]);
  });

  it('takes one text', async () => {
    const { post, completions } = await openOllamaApp({ embed });
    const { embeddings } = (await post('/api/embed', { model: 'm', input: 'a', dimensions: 0 })).json<{
      embeddings: number[][];
    }>();
    expect(embeddings).toHaveLength(1);
    expect(completions.embeddings).toEqual([{ model: 'm', texts: ['a'], truncate: true }]);
  });

  it.each([{}, { input: '' }, { input: [] }, { input: null }])('gives none without a text: %j', async (body) => {
    const { post } = await openOllamaApp({ embed });
    const reply = (await post('/api/embed', { model: 'm', ...body })).json<object>();
    expect(reply).toMatchObject({ model: 'm', embeddings: [] });
    expect(reply).not.toHaveProperty('prompt_eval_count');
  });
});

describe('POST /api/embeddings', () => {
  it('gives the vector of one text', async () => {
    const { post } = await openOllamaApp({ embed });
    const reply = await post('/api/embeddings', { model: 'm', prompt: 'a' });
    expect(reply.json()).toEqual({ embedding: [0.600000024, -0.800000012, 0] });
  });

  it('gives none without a text', async () => {
    const { post } = await openOllamaApp({ embed });
    expect((await post('/api/embeddings', { model: 'm' })).body).toBe('{"embedding":[]}');
  });
});
