import { readEvents, type ServerEvent } from '@billumy/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors/app-error.ts';
import { closeAskApps, openAskApp, post, question, sentence } from '../support/ask-app.ts';

afterAll(closeAskApps);

/** For tests that neither store what others see nor need a reply of their own. */
const shared = await openAskApp();

async function eventsOf(
  body: string,
): Promise<(Omit<ServerEvent, 'id' | 'data'> & { data: Record<string, unknown> })[]> {
  const events = [];
  for await (const { event, data } of readEvents(new Blob([body]).stream())) {
    events.push({ event, data: JSON.parse(data) as Record<string, unknown> });
  }
  return events;
}

describe('POST /ask/question', () => {
  it('answers with its sources', async () => {
    const reply = await post(await openAskApp(), { question });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.json()).toEqual({
      id: expect.stringMatching(/^ans_/),
      conversation_id: expect.stringMatching(/^con_/),
      answered: true,
      mode: 'generated',
      answer: 'Para Manaus, o prazo de entrega é de 12 dias úteis [1].',
      citations: [
        {
          marker: 1,
          document: { id: 'doc_1', title: 'Política de entregas', revision: 1 },
          page: null,
          start: 0,
          end: 51,
          quote: sentence,
          score: 1,
        },
      ],
      sentences: [{ start: 0, end: 55, supported: true, citations: [1] }],
      refusal: null,
      nearest: [],
      language: 'pt',
      model: 'nano',
      usage: { prompt_tokens: expect.any(Number), completion_tokens: 12 },
      timings: { retrieve_ms: expect.any(Number), first_token_ms: expect.any(Number), total_ms: expect.any(Number) },
    });
  });

  it('streams the same answer: sources first, then words and citation, last the whole', async () => {
    const app = await openAskApp();
    const streamed = await post(app, { question, stream: true });
    expect(streamed.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const events = await eventsOf(streamed.body);
    const names = events.map(({ event }) => event);
    expect(names[0]).toBe('sources');
    expect(names.at(-1)).toBe('finish');
    expect(names.slice(-2)).toEqual(['citation', 'finish']);
    const text = events.map(({ data }) => (data['delta'] as string | undefined) ?? '').join('');
    const finish = events.at(-1)?.data as { answer: { answer: string }; replace: boolean };
    expect(finish).toMatchObject({ replace: false, answer: { answer: text, mode: 'generated' } });
    const whole = (await post(app, { question })).json<{ answer: string }>();
    expect(finish.answer.answer).toBe(whole.answer);
  });

  it('says what each stage decided, when asked', async () => {
    const { trace } = (await post(await openAskApp(), { question, trace: true })).json<{ trace: object }>();
    expect(trace).toMatchObject({
      rewrite: null,
      retrieval: { degraded: 'no embedding model', passages: [{ passageId: 'doc_1:1:0', lexicalRank: 1 }] },
      gate: { passed: true },
      budget: { sources: [{ number: 1 }] },
      fallback: null,
    });
  });

  it.each([
    ['an empty question', { question: '' }],
    ['a blank question', { question: ' \n ' }],
    ['no question', {}],
    ['an unknown field', { question, user: 'root' }],
    ['no collection', { question, collections: [] }],
    ['a language it does not speak', { question, language: 'fr' }],
    ['a temperature beyond 2', { question, options: { temperature: 3 } }],
    ['unknown options', { question, options: { mirostat: 1 } }],
    ['an end user without a name', { question, act_as: { groups: [] } }],
  ])('refuses %s', async (_what, body) => {
    const reply = await post(shared, body);
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'invalid_request' });
  });

  it('names the limit when the question is too long', async () => {
    const reply = await post(shared, { question: 'a'.repeat(100_000) });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ issues: [{ path: 'question', message: expect.stringContaining('4000') }] });
    expect((await post(shared, { question: 'a'.repeat(4_000) })).statusCode).toBe(200);
  });

  it.each([
    { what: 'a token without the scope', who: 'ingest', change: {}, code: 'scope_missing' },
    { what: 'an end user without the scope', who: 'ana', change: { act_as: { user: 'maria' } }, code: 'scope_missing' },
    { what: 'a model the key may not use', who: 'limited', change: { model: 'llama3.2:1b' }, code: 'forbidden' },
    {
      what: 'a collection the key may not use',
      who: 'limited',
      change: { collections: ['secret'] },
      code: 'forbidden',
    },
    { what: 'a model nobody knows', who: 'ana', change: { model: 'gpt-0' }, code: 'model_unknown' },
    {
      what: 'a conversation that is not there',
      who: 'ana',
      change: { conversation_id: 'con_none' },
      code: 'not_found',
    },
  ])('refuses $what, streamed or not', async ({ who, change, code }) => {
    for (const stream of [false, true]) {
      const reply = await post(shared, { question, stream, ...change }, who);
      expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(reply.json()).toMatchObject({ code });
    }
  });

  it('ends a stream that fails half-way with the problem', async () => {
    const failing = new AppError('storage_failed');
    const app = await openAskApp({ reply: () => failing });
    const events = await eventsOf((await post(app, { question, stream: true })).body);
    expect(events.map(({ event }) => event)).toEqual(['sources', 'error']);
    expect(events[1]?.data).toMatchObject({ code: 'storage_failed', status: 500 });
  });
});
