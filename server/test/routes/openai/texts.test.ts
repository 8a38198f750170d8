import { describe, expect, it } from 'vitest';
import { version } from '../../../src/process/version.ts';
import { dataOf, noonSeconds, useDialectApps, type DialectAppOptions } from '../../support/dialect-app.ts';
import { samplePersona } from '../../support/sample-persona.ts';
import { finish, says, start } from '../../support/scripted-completions.ts';

const fingerprint = `fp_billumy_${version}`;
const open = useDialectApps();

describe('POST /v1/completions', () => {
  const url = '/v1/completions';
  const ask = { model: 'nano', prompt: 'Era uma vez' };

  it('replies with the text that follows', async () => {
    const { post, completions } = await open({ complete: () => says(' um', ' rei') });
    expect((await post(url, ask)).json()).toEqual({
      id: expect.stringMatching(/^cmpl-[0-9a-f]{32}$/) as string,
      object: 'text_completion',
      created: noonSeconds,
      model: 'nano',
      choices: [{ text: ' um rei', index: 0, logprobs: null, finish_reason: 'stop' }],
      usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12, prompt_tokens_details: { cached_tokens: 2 } },
      system_fingerprint: fingerprint,
    });
    expect(completions.requests[0]).toMatchObject({
      prompt: { type: 'raw', text: 'Era uma vez' },
      usual: { maxTokens: 16, temperature: 1 },
    });
  });

  it('streams the bytes that OpenAI streams', async () => {
    const { post } = await open({ complete: () => says(' um') });
    const reply = await post(url, { ...ask, stream: true, echo: true, stream_options: { include_usage: true } });
    const id = /"id":"(cmpl-[0-9a-f]{32})"/.exec(reply.body)?.[1];
    const line = (rest: string): string =>
      `data: {"id":"${id}","object":"text_completion","created":${noonSeconds},"model":"nano",` +
      `"system_fingerprint":"${fingerprint}",${rest}}\n\n`;
    expect(reply.body).toBe(
      [
        line('"choices":[{"text":"Era uma vez","index":0,"logprobs":null,"finish_reason":null}],"usage":null'),
        line('"choices":[{"text":" um","index":0,"logprobs":null,"finish_reason":null}],"usage":null'),
        line('"choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":null'),
        line(
          '"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":2}}',
        ),
        'data: [DONE]\n\n',
      ].join(''),
    );
  });

  it('goes on with several texts, several times each', async () => {
    const texts = ['a1', 'a2', 'b1', 'b2'];
    const { post, completions } = await open({ complete: texts.map((text) => says(text)) });
    const reply = await post(url, { ...ask, prompt: ['A', 'B'], n: 2, echo: true, seed: 1 });
    expect(reply.json()).toMatchObject({
      choices: [{ text: 'Aa1' }, { text: 'Aa2' }, { text: 'Bb1' }, { text: 'Bb2', index: 3 }],
      // The two prompts count once each.
      usage: { prompt_tokens: 14, completion_tokens: 20, total_tokens: 34 },
    });
    expect(completions.requests.map(({ sampling }) => sampling.seed)).toEqual([1, 2, 1, 2]);
  });

  it('writes more choices than run at once, each in its place', async () => {
    const prompts = Array.from({ length: 40 }, (_value, index) => `p${index}`);
    const { post, completions } = await open({
      complete: ({ prompt }) => says(prompt.type === 'raw' ? prompt.text.toUpperCase() : ''),
    });
    const reply = await post(url, { ...ask, prompt: prompts });
    const { choices } = reply.json<{ choices: { text: string }[] }>();
    expect(choices.map(({ text }) => text)).toEqual(prompts.map((text) => text.toUpperCase()));
    expect(completions.running).toBe(0);
  });

  it.each([
    [[5, 6], ['5 6']],
    [
      [[5], [6, 7]],
      ['5', '6 7'],
    ],
  ])('takes the tokens %j', async (prompt, texts) => {
    const { post, completions } = await open({
      complete: () => says('x'),
      detokenize: async ({ tokens }) => tokens.join(' '),
    });
    expect((await post(url, { ...ask, prompt })).statusCode).toBe(200);
    expect(completions.requests.map((request) => request.prompt)).toEqual(texts.map((text) => ({ type: 'raw', text })));
  });

  it('asks a persona, who may cite', async () => {
    const citation = {
      marker: 1,
      document: { id: 'doc_1', title: 'Entregas', revision: 1 },
      page: null,
      start: 0,
      end: 7,
      quote: '12 dias',
      score: 1,
    };
    const { post, completions } = await open({
      complete: () => [...says('12 dias').slice(0, -1), { type: 'citations', citations: [citation] }, finish()],
      personas: { find: async (name) => samplePersona(name) },
    });
    expect((await post(url, ask)).json()).toMatchObject({ choices: [{ text: '12 dias', citations: [citation] }] });
    expect(completions.requests[0]?.prompt).toEqual({ type: 'question', text: 'Era uma vez' });
    const chunks = dataOf((await post(url, { ...ask, stream: true })).body);
    expect(chunks.at(-1)).toMatchObject({ choices: [{ text: '', finish_reason: 'stop', citations: [citation] }] });
  });

  it('fills the gap before a suffix', async () => {
    const { post, completions } = await open({ complete: () => says('x') });
    await post(url, { ...ask, suffix: 'fim' });
    expect(completions.requests[0]?.prompt).toEqual({ type: 'infill', before: 'Era uma vez', after: 'fim' });
  });

  it('tells the probabilities of tokens, and where they stand', async () => {
    const token = (text: string) => ({ token: text, logprob: -1, bytes: [...Buffer.from(text)] });
    const entry = (text: string) => ({ ...token(text), top: [token(text), token('z')] });
    const { post } = await open({
      complete: () => [
        start,
        { type: 'text-delta', delta: 'ab', logprobs: [entry('ab')] },
        { type: 'text-delta', delta: 'c', logprobs: [entry('c')] },
        finish({ reason: 'length' }),
      ],
    });
    const logprobs = {
      tokens: ['ab', 'c'],
      token_logprobs: [-1, -1],
      top_logprobs: [
        { ab: -1, z: -1 },
        { c: -1, z: -1 },
      ],
      text_offset: [0, 2],
    };
    const asked = { ...ask, logprobs: 2 };
    expect((await post(url, asked)).json()).toMatchObject({ choices: [{ logprobs, finish_reason: 'length' }] });
    const stream = (await post(url, { ...asked, stream: true })).body;
    expect(stream).toContain('"text_offset":[2]');
  });

  it.each([
    [{ prompt: [] }, 'prompt'],
    [{ prompt: 5 }, 'prompt'],
    [{ prompt: [1, 'a'] }, 'prompt'],
    [{ prompt: Array.from({ length: 129 }, () => 'a') }, 'prompt'],
    [{ best_of: 2 }, 'best_of'],
    [{ echo: true, logprobs: 1 }, 'echo'],
    [{ echo: true, suffix: 'x' }, 'echo'],
    [{ logprobs: true }, 'logprobs'],
    [{ max_tokens: 0 }, 'max_tokens'],
  ])('refuses %j', async (body, param) => {
    const { post } = await open();
    const reply = await post(url, { ...ask, ...body });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ error: { type: 'invalid_request_error', param } });
  });
});

describe('POST /v1/embeddings', () => {
  const url = '/v1/embeddings';
  const vectors = [Float32Array.of(0.5, -0.25), Float32Array.of(1, 0)];
  const embed: NonNullable<DialectAppOptions['embed']> = async ({ texts }) => ({
    vectors: vectors.slice(0, texts.length),
    promptTokens: 3,
  });

  it('gives a vector of each text', async () => {
    const { post, completions } = await open({ embed });
    const reply = await post(url, { model: 'e', input: ['a', 'b'], dimensions: 2 });
    expect(reply.json()).toEqual({
      object: 'list',
      data: [
        { object: 'embedding', index: 0, embedding: [0.5, -0.25] },
        { object: 'embedding', index: 1, embedding: [1, 0] },
      ],
      model: 'e',
      usage: { prompt_tokens: 3, total_tokens: 3 },
    });
    expect(completions.embeddings).toEqual([{ model: 'e', texts: ['a', 'b'], dimensions: 2 }]);
  });

  it('gives vectors as little-endian base64', async () => {
    const { post } = await open({ embed });
    const reply = await post(url, { model: 'e', input: 'a', encoding_format: 'base64' });
    expect(reply.json()).toMatchObject({ data: [{ embedding: 'AAAAPwAAgL4=' }] });
  });

  it('takes tokens', async () => {
    const { post, completions } = await open({ embed, detokenize: async ({ tokens }) => tokens.join('-') });
    await post(url, { model: 'e', input: [[1, 2], [3]] });
    await post(url, { model: 'e', input: [1, 2] });
    expect(completions.embeddings.map(({ texts }) => texts)).toEqual([['1-2', '3'], ['1-2']]);
  });

  it('refuses more than 2,048 texts, and takes as many tokens', async () => {
    const { post } = await open({ embed, detokenize: async () => 'text' });
    expect((await post(url, { model: 'e', input: Array.from({ length: 2049 }, () => 'a') })).statusCode).toBe(400);
    expect((await post(url, { model: 'e', input: Array.from({ length: 2049 }, () => 1) })).statusCode).toBe(200);
  });
});

describe('POST /v1/rerank', () => {
  const url = '/v1/rerank';
  const rerank: NonNullable<DialectAppOptions['rerank']> = async ({ model = 'usual', texts }) => ({
    model,
    scores: texts.map((text) => text.length / 10),
    promptTokens: 4,
  });

  it('gives the most relevant documents first', async () => {
    const { post } = await open({ rerank });
    const reply = await post(url, {
      model: 'r',
      query: 'q',
      documents: ['a', { text: 'ccc' }, 'bb'],
      top_n: 2,
      return_documents: true,
    });
    expect(reply.json()).toEqual({
      id: expect.stringMatching(/^rerank-[0-9a-f]{32}$/) as string,
      object: 'list',
      model: 'r',
      results: [
        { index: 1, relevance_score: 0.3, document: { text: 'ccc' } },
        { index: 2, relevance_score: 0.2, document: { text: 'bb' } },
      ],
      usage: { prompt_tokens: 4, total_tokens: 4 },
    });
  });

  it('uses the configured reranker, and sends no documents back, unless asked', async () => {
    const { post } = await open({ rerank });
    const reply = await post(url, { query: 'q', documents: ['a'] });
    expect(reply.json()).toMatchObject({ model: 'usual', results: [{ index: 0, relevance_score: 0.1 }] });
    expect(reply.body).not.toContain('"document"');
  });

  it.each([
    { query: 'q', documents: [] },
    { query: '', documents: ['a'] },
    { query: 'q', documents: [5] },
  ])('refuses %j', async (body) => {
    const { post } = await open();
    expect((await post(url, body)).statusCode).toBe(400);
  });
});

describe('POST /v1/tokenize and /v1/detokenize', () => {
  it('turn a text into tokens and back', async () => {
    const { post } = await open({ tokenize: async ({ text }) => [...Buffer.from(text)], detokenize: async () => 'oi' });
    for (const field of ['text', 'content']) {
      expect((await post('/v1/tokenize', { model: 'nano', [field]: 'oi' })).json()).toEqual({
        tokens: [111, 105],
        count: 2,
      });
    }
    expect((await post('/v1/detokenize', { model: 'nano', tokens: [111, 105] })).json()).toEqual({
      text: 'oi',
      count: 2,
    });
    expect((await post('/v1/tokenize', { model: 'nano' })).json()).toMatchObject({ error: { param: 'text' } });
    expect((await post('/v1/detokenize', { model: 'nano', tokens: [-1] })).statusCode).toBe(400);
  });
});

describe('GET /v1/models', () => {
  const model = { name: 'nano', createdAt: null, isPersona: false };
  const persona = { name: 'mario:latest', createdAt: new Date(5000), isPersona: true };
  const models = {
    list: async () => [persona, model],
    find: async (name: string) => [persona, model].find((one) => one.name === name),
  };

  it('tells what may be named', async () => {
    const { call } = await open({ models });
    const bodies = [
      { id: 'mario:latest', object: 'model', created: 5, owned_by: 'billumy' },
      { id: 'nano', object: 'model', created: 0, owned_by: 'library' },
    ];
    expect((await call('GET', '/v1/models')).json()).toEqual({ object: 'list', data: bodies });
    expect((await call('GET', '/v1/models/mario%3Alatest')).json()).toEqual(bodies[0]);
    const missing = await call('GET', '/v1/models/luigi');
    expect(missing.statusCode).toBe(404);
    expect(missing.json()).toEqual({
      error: {
        message: "The model 'luigi' does not exist.",
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_found',
      },
    });
  });
});
