import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionPart } from '../../../src/core/completions/completions.ts';
import { closeOllamaApps, linesOf, openOllamaApp, time } from '../../support/ollama-app.ts';
import { finish, says, start } from '../../support/scripted-completions.ts';

afterEach(closeOllamaApps);

const url = '/api/generate';
const asked = { model: 'Mario', prompt: 'Oi' };
const metrics = {
  total_duration: 10_000_000,
  load_duration: 2_000_000,
  prompt_eval_count: 7,
  prompt_eval_cached_count: 2,
  prompt_eval_duration: 3_000_000,
  eval_count: 5,
  eval_duration: 4_000_000,
};
const head = { model: 'Mario', created_at: time };

describe('POST /api/generate', () => {
  it('streams unless told not to: one object per line, the last with the figures', async () => {
    const tokens = [1, 15, 27];
    const { post } = await openOllamaApp({ complete: [[...says('Olá', ', mundo').slice(0, -1), finish({ tokens })]] });
    const reply = await post(url, asked);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('application/x-ndjson');
    expect(reply.body.split('\n')[0]).toBe(`{"model":"Mario","created_at":"${time}","response":"Olá","done":false}`);
    expect(linesOf(reply)).toEqual([
      { ...head, response: 'Olá', done: false },
      { ...head, response: ', mundo', done: false },
      { ...head, response: '', done: true, done_reason: 'stop', context: tokens, ...metrics },
    ]);
  });

  it('gives one object when asked to', async () => {
    const { post } = await openOllamaApp({ complete: [says('Olá', ', mundo')] });
    const reply = await post(url, { ...asked, stream: false });
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.json()).toEqual({ ...head, response: 'Olá, mundo', done: true, done_reason: 'stop', ...metrics });
  });

  it('says nothing of what is zero', async () => {
    const nothing = finish({
      usage: { promptTokens: 3, cachedTokens: 0, completionTokens: 0 },
      timings: { queueMs: 0, loadMs: 0, promptMs: 0.0015, generateMs: 0 },
    });
    const { post } = await openOllamaApp({ complete: [[start, nothing]] });
    expect((await post(url, { ...asked, stream: false })).json()).toEqual({
      ...head,
      response: '',
      done: true,
      done_reason: 'stop',
      total_duration: 1500,
      prompt_eval_count: 3,
      prompt_eval_duration: 1500,
    });
  });

  it('tells what ended the text', async () => {
    const { post } = await openOllamaApp({ complete: [[start, finish({ reason: 'length' })]] });
    expect((await post(url, { ...asked, stream: false })).json()).toMatchObject({ done_reason: 'length' });
  });

  it('keeps thoughts apart from the text', async () => {
    const thinks: CompletionPart[] = [
      start,
      { type: 'thinking-delta', delta: 'Hm' },
      { type: 'thinking-delta', delta: '.' },
    ];
    const line = [...thinks, ...says('Sim').slice(1)];
    const { post } = await openOllamaApp({ complete: [line, line] });
    expect(linesOf(await post(url, asked)).slice(0, 3)).toEqual([
      { ...head, response: '', thinking: 'Hm', done: false },
      { ...head, response: '', thinking: '.', done: false },
      { ...head, response: 'Sim', done: false },
    ]);
    expect((await post(url, { ...asked, stream: false })).json()).toMatchObject({ response: 'Sim', thinking: 'Hm.' });
  });

  it('tells probabilities of tokens where asked to, with the likeliest others', async () => {
    const entry = (token: string, top: string[]) => ({
      token,
      logprob: -0.5,
      bytes: [...Buffer.from(token)],
      top: top.map((other) => ({ token: other, logprob: -1, bytes: [...Buffer.from(other)] })),
    });
    const line = [
      start,
      { type: 'text-delta', delta: 'a', logprobs: [entry('a', ['b'])] },
      { type: 'text-delta', delta: 'ç', logprobs: [entry('ç', [])] },
      finish(),
    ] as const;
    const { post, completions } = await openOllamaApp({ complete: [line, line, line] });
    const first = { token: 'a', logprob: -0.5, bytes: [97], top_logprobs: [{ token: 'b', logprob: -1, bytes: [98] }] };
    const second = { token: 'ç', logprob: -0.5, bytes: [195, 167] };
    const [one, two] = linesOf(await post(url, { ...asked, logprobs: true, top_logprobs: 1 }));
    expect([one?.['logprobs'], two?.['logprobs']]).toEqual([[first], [second]]);
    const whole = await post(url, { ...asked, stream: false, logprobs: true });
    expect(whole.json()).toMatchObject({ logprobs: [first, second] });
    await post(url, { ...asked, stream: false, top_logprobs: 5 });
    expect(completions.requests.map(({ topLogprobs }) => topLogprobs)).toEqual([1, 0, undefined]);
  });

  it('adds where an answer from documents has it from, in the last object', async () => {
    const citation = {
      marker: 1,
      document: { id: 'doc_1', title: 'Entregas', revision: 2 },
      page: null,
      start: 0,
      end: 5,
      quote: 'Doze.',
      score: 0.9,
    };
    const line = [
      start,
      { type: 'text-delta', delta: 'Doze [1].' },
      { type: 'citations', citations: [citation] },
      finish(),
    ] as const;
    const { post } = await openOllamaApp({ complete: [line, line] });
    const lines = linesOf(await post(url, asked));
    expect(lines.map(({ citations }) => citations)).toEqual([undefined, [citation]]);
    expect((await post(url, { ...asked, stream: false })).json()).toMatchObject({ citations: [citation] });
  });

  it('names in headers what answers, and why', async () => {
    const model = {
      name: 'llama3.2:1b',
      persona: 'billumy:latest',
      route: { difficulty: 'simple', reasons: ['short'] },
    } as const;
    const { post } = await openOllamaApp({ complete: [[{ type: 'start', model }, finish()], says('ok')] });
    const routed = await post(url, asked);
    expect(routed.headers['x-billumy-model']).toBe('llama3.2:1b');
    expect(routed.headers['x-billumy-route']).toBe('simple; short');
    expect((await post(url, asked)).headers).not.toHaveProperty('x-billumy-route');
  });

  it('takes the preset words of a curl command', async () => {
    const { app } = await openOllamaApp({ complete: [says('ok')] });
    const headers = { authorization: 'Bearer ana', 'content-type': 'application/x-www-form-urlencoded' };
    const payload = '{"model":"billumy","prompt":"Explique"}';
    const reply = await app.inject({ method: 'POST', url, headers, payload });
    expect(linesOf(reply).at(-1)).toMatchObject({ model: 'billumy', done: true });
  });
});

describe('POST /api/generate without a prompt', () => {
  it.each([
    [{}, null, 'load'],
    [{ prompt: '', stream: true }, null, 'load'],
    [{ keep_alive: -1 }, Infinity, 'load'],
    [{ keep_alive: 0 }, 0, 'unload'],
    [{ keep_alive: '0s' }, 0, 'unload'],
  ])('loads the model, or lets it go: %j', async (body, keepAliveMs, reason) => {
    const loads: unknown[] = [];
    const { post } = await openOllamaApp({ load: async (request) => void loads.push(request) });
    const reply = await post(url, { model: 'm', ...body });
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.body).toBe(`{"model":"m","created_at":"${time}","response":"","done":true,"done_reason":"${reason}"}`);
    expect(loads).toEqual([{ model: 'm', keepAliveMs }]);
  });
});
