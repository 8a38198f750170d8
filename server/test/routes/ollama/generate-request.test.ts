import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../../src/core/completions/completions.ts';
import { closeOllamaApps, openOllamaApp } from '../../support/ollama-app.ts';
import { says } from '../../support/scripted-completions.ts';

afterEach(closeOllamaApps);

const url = '/api/generate';
const asked = { model: 'Mario', prompt: 'Oi' };

async function requestFor(body: object): Promise<CompletionRequest> {
  const { post, completions } = await openOllamaApp({ complete: [says('ok')] });
  const reply = await post(url, { ...asked, stream: false, ...body });
  expect(reply.body).toContain('"done":true');
  return completions.requests[0]!;
}

describe('what POST /api/generate asks for', () => {
  it('is Ollama’s usual where nothing is said', async () => {
    expect(await requestFor({})).toEqual({
      model: 'Mario',
      prompt: { type: 'question', text: 'Oi', think: null },
      sampling: {},
      usual: {
        temperature: 0.8,
        topP: 0.9,
        topK: 40,
        minP: 0,
        typicalP: 1,
        repeatPenalty: 1,
        repeatLastN: 64,
        presencePenalty: 0,
        frequencyPenalty: 0,
        logitBias: {},
        seed: null,
        maxTokens: 40_960,
        stop: [],
      },
      overflow: { type: 'cut-middle', keep: 4 },
      returnTokens: true,
    });
  });

  it('is every option', async () => {
    const options = {
      temperature: 0,
      top_p: 0.5,
      top_k: 7.9,
      min_p: 0.1,
      typical_p: 0.7,
      repeat_penalty: 1.3,
      repeat_last_n: -1,
      presence_penalty: 0.2,
      frequency_penalty: 0.3,
      seed: 42,
      num_predict: 100,
      stop: ['\n'],
      num_ctx: 512,
      num_keep: 9,
      use_mmap: true,
      mirostat: 'ignored',
      unknown: {},
      num_thread: null,
    };
    const request = await requestFor({ options });
    expect(request.sampling).toEqual({
      temperature: 0,
      topP: 0.5,
      topK: 7,
      minP: 0.1,
      typicalP: 0.7,
      repeatPenalty: 1.3,
      repeatLastN: -1,
      presencePenalty: 0.2,
      frequencyPenalty: 0.3,
      seed: 42,
      maxTokens: 100,
      stop: ['\n'],
    });
    expect(request).toMatchObject({ contextTokens: 512, overflow: { type: 'cut-middle', keep: 9 } });
  });

  it.each([
    [{ num_predict: -1 }, 40_960],
    [{ num_predict: -1, num_ctx: 100 }, 1000],
    [{ num_predict: 5000, num_ctx: 100 }, 1000],
    [{ num_predict: 0 }, 0],
  ])('is at most ten contexts of text: %j', async (options, maxTokens) => {
    expect((await requestFor({ options })).sampling.maxTokens).toBe(maxTokens);
  });

  it.each([
    [{ num_ctx: 0 }, undefined],
    [{ num_ctx: 1 }, 4],
    [{ num_ctx: -5 }, 4],
    [{ num_ctx: 8192 }, 8192],
  ])('is so much context: %j', async (options, contextTokens) => {
    expect((await requestFor({ options })).contextTokens).toBe(contextTokens);
  });

  it('is another text each time for a negative seed', async () => {
    expect((await requestFor({ options: { seed: -1 } })).sampling).toEqual({ seed: null });
  });

  it('continues a conversation, with other words around it', async () => {
    const body = { system: 'Fale pouco.', template: '{{ .Prompt }}', context: [1, 2], think: 'high', images: ['aGk='] };
    expect((await requestFor(body)).prompt).toEqual({
      type: 'question',
      text: 'Oi',
      system: 'Fale pouco.',
      template: '{{ .Prompt }}',
      before: [1, 2],
      think: 'high',
      images: ['aGk='],
    });
  });

  it('is raw text, whose tokens are not told', async () => {
    const { prompt, returnTokens } = await requestFor({ raw: true });
    expect([prompt, returnTokens]).toEqual([{ type: 'raw', text: 'Oi' }, false]);
  });

  it('fills a gap', async () => {
    expect((await requestFor({ suffix: 'fim' })).prompt).toEqual({ type: 'infill', before: 'Oi', after: 'fim' });
  });

  it.each([
    ['json', { type: 'json' }],
    [{ type: 'object' }, { type: 'json-schema', schema: { type: 'object' } }],
    ['', undefined],
    [null, undefined],
  ])('is text of a form: %j', async (format, expected) => {
    expect((await requestFor({ format })).format).toEqual(expected);
  });

  it.each([
    [{ truncate: false }, { type: 'reject' }],
    [{ shift: false }, { type: 'reject' }],
    [
      { truncate: true, shift: true },
      { type: 'cut-middle', keep: 4 },
    ],
  ])('is refused or cut when it is too long: %j', async (body, overflow) => {
    expect((await requestFor(body)).overflow).toEqual(overflow);
  });

  it.each([
    [5, 5000],
    [1.5, 1500],
    [-1, Infinity],
    [0, 0],
    ['10m', 600_000],
    ['1h30m1.5s', 5_401_500],
    ['.5s', 500],
    ['+1m', 60_000],
    ['250ms', 250],
    ['1us', 0.001],
    ['0', 0],
    ['-1m', Infinity],
    [null, undefined],
  ])('keeps the model for %j', async (keepAlive, milliseconds) => {
    expect((await requestFor({ keep_alive: keepAlive })).keepAliveMs).toBe(milliseconds);
  });
});
