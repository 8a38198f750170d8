import { readEvents, type ServerEvent } from '@billumy/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createConversations } from '../../src/core/conversations/conversations.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import { askRoutes } from '../../src/routes/ask.ts';
import { conversationRoutes } from '../../src/routes/conversations.ts';
import type { App } from '../../src/routes/route.ts';
import { member, setUpAsk, wordByWord, type AskSetupOptions } from '../support/ask-setup.ts';

const documents = [
  {
    id: 'doc_1',
    title: 'Política de entregas',
    texts: ['Para Manaus, o prazo de entrega é de 12 dias úteis. O frete custa R$ 24,90.'],
  },
];
const sentence = 'Para Manaus, o prazo de entrega é de 12 dias úteis.';
const question = 'Qual é o prazo de entrega para Manaus?';

const principals: Readonly<Record<string, Principal>> = {
  'Bearer ana': member,
  'Bearer bia': { ...member, userId: 'usr_bia', username: 'bia' },
  'Bearer backend': { ...member, userId: 'usr_backend', scopes: ['ask', 'act_as'] },
  'Bearer limited': { ...member, userId: 'usr_limited', keyId: 'k', collections: ['policies'], models: ['nano'] },
  'Bearer ingest': { ...member, scopes: ['ingest'] },
};

const opened: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of opened) await close();
});

async function start(options: AskSetupOptions = {}): Promise<App> {
  const setup = await setUpAsk({ documents, reply: () => wordByWord(`${sentence} [1]`), ...options });
  const app = await buildApp({
    authenticate: async (authorization = '') => {
      const principal = principals[authorization];
      if (principal === undefined) throw new AppError('unauthenticated');
      return principal;
    },
    routes: [askRoutes(setup.ask), conversationRoutes(createConversations(setup.ports))],
    logLevel: 'silent',
  });
  opened.push(
    async () => {
      await app.close();
    },
    async () => setup[Symbol.asyncDispose](),
  );
  return app;
}

/** For tests that neither store what others see nor need a reply of their own. */
const shared = await start();

const post = (app: App, body: object, who = 'ana') =>
  app.inject({ method: 'POST', url: '/ask/question', headers: { authorization: `Bearer ${who}` }, payload: body });

type Call = readonly [url: string, payload?: object | undefined, who?: string];

const send = (app: App, method: 'GET' | 'PATCH' | 'DELETE' | 'POST', [url, payload, who]: Call) =>
  app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${who ?? 'ana'}` },
    ...(payload === undefined ? {} : { payload }),
  });

async function eventsOf(
  body: string,
): Promise<(Omit<ServerEvent, 'id' | 'data'> & { data: Record<string, unknown> })[]> {
  const events = [];
  for await (const { event, data } of readEvents([Buffer.from(body)] as never)) {
    events.push({ event, data: JSON.parse(data) as Record<string, unknown> });
  }
  return events;
}

describe('POST /ask/question', () => {
  it('answers with its sources', async () => {
    const reply = await post(await start(), { question });
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
      usage: { prompt_tokens: 100, completion_tokens: 12 },
      timings: { retrieve_ms: expect.any(Number), first_token_ms: expect.any(Number), total_ms: expect.any(Number) },
    });
  });

  it('streams the same answer: sources first, then words and citation, last the whole', async () => {
    const app = await start();
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
    const { trace } = (await post(await start(), { question, trace: true })).json<{ trace: object }>();
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
    const app = await start({ reply: () => failing });
    const events = await eventsOf((await post(app, { question, stream: true })).body);
    expect(events.map(({ event }) => event)).toEqual(['sources', 'error']);
    expect(events[1]?.data).toMatchObject({ code: 'storage_failed', status: 500 });
  });
});

describe('/conversations', () => {
  it('keeps questions and answers, and follows up', async () => {
    const app = await start();
    const first = (await post(app, { question })).json<{ id: string; conversation_id: string }>();
    const id = first.conversation_id;
    await post(app, { question: 'E qual é o valor do frete?', conversation_id: id });
    const reply = await send(app, 'GET', [`/conversations/${id}`]);
    expect(reply.json()).toMatchObject({
      id,
      title: question,
      end_user: null,
      messages: [
        { role: 'user', text: question, answer: null },
        { id: first.id, role: 'assistant', answer: { id: first.id, citations: [{ quote: sentence }] } },
        { role: 'user', text: 'E qual é o valor do frete?' },
        { role: 'assistant' },
      ],
    });
    expect((await send(app, 'GET', ['/conversations'])).json()).toMatchObject({ items: [{ id }], next: null });
  });

  it('renames, takes feedback, deletes', async () => {
    const app = await start();
    const answer = (await post(app, { question })).json<{ id: string; conversation_id: string }>();
    const url = `/conversations/${answer.conversation_id}`;
    expect((await send(app, 'PATCH', [url, { title: ' Entregas ' }])).json()).toMatchObject({ title: 'Entregas' });
    const feedback = { message_id: answer.id, rating: 'down', correction: 'São 13 dias.' };
    expect((await send(app, 'POST', [`${url}/feedback`, feedback])).statusCode).toBe(204);
    const unknown = { message_id: 'ans_none', rating: 'up' };
    expect((await send(app, 'POST', [`${url}/feedback`, unknown])).statusCode).toBe(404);
    expect((await send(app, 'DELETE', [url])).statusCode).toBe(204);
    expect((await send(app, 'GET', [url])).statusCode).toBe(404);
    expect((await send(app, 'DELETE', [url])).statusCode).toBe(404);
  });

  it("answers for somebody else's conversation as for one that is not there", async () => {
    const app = await start();
    const answer = (await post(app, { question })).json<{ id: string; conversation_id: string }>();
    const feedback = { message_id: answer.id, rating: 'up' };
    const attempts = (id: string): ['GET' | 'PATCH' | 'DELETE' | 'POST', Call][] => [
      ['GET', [`/conversations/${id}`, undefined, 'bia']],
      ['PATCH', [`/conversations/${id}`, { title: 'x' }, 'bia']],
      ['DELETE', [`/conversations/${id}`, undefined, 'bia']],
      ['POST', [`/conversations/${id}/feedback`, feedback, 'bia']],
      ['POST', ['/ask/question', { question, conversation_id: id }, 'bia']],
      ['GET', [`/conversations/${id}?end_user=maria`, undefined, 'backend']],
    ];
    const bodies = async (id: string): Promise<unknown[]> => {
      const replies = await Promise.all(attempts(id).map((attempt) => send(app, ...attempt)));
      return replies.map((reply) => ({ ...reply.json<object>(), request_id: '' }));
    };
    const foreign = await bodies(answer.conversation_id);
    expect(foreign).toEqual(await bodies('con_none'));
    expect(foreign).toEqual(foreign.map(() => expect.objectContaining({ code: 'not_found' })));
    expect((await send(app, 'GET', ['/conversations', undefined, 'bia'])).json()).toEqual({ items: [], next: null });
  });

  it('keeps the conversations of end users apart', async () => {
    const app = await start();
    const asked = { question, act_as: { user: 'maria' } };
    const { conversation_id: id } = (await post(app, asked, 'backend')).json<{ conversation_id: string }>();
    const list = async (query: string): Promise<unknown> =>
      (await send(app, 'GET', [`/conversations${query}`, undefined, 'backend'])).json();
    expect(await list('?end_user=maria')).toMatchObject({ items: [{ id, end_user: 'maria' }] });
    expect(await list('?end_user=jose')).toEqual({ items: [], next: null });
    expect(await list('')).toEqual({ items: [], next: null });
    const asJose = { question, conversation_id: id, act_as: { user: 'jose' } };
    expect((await post(app, asJose, 'backend')).statusCode).toBe(404);
    expect((await send(app, 'GET', ['/conversations?end_user=maria'])).json()).toMatchObject({ code: 'scope_missing' });
  });

  it.each([
    { what: 'an empty title', method: 'PATCH', path: '', body: { title: '  ' } },
    {
      what: 'a rating it does not know',
      method: 'POST',
      path: '/feedback',
      body: { message_id: 'ans_1', rating: 'meh' },
    },
    { what: 'feedback on nothing', method: 'POST', path: '/feedback', body: { rating: 'up' } },
  ] as const)('refuses $what', async ({ method, path, body }) => {
    const { conversation_id: id } = (await post(shared, { question })).json<{ conversation_id: string }>();
    expect((await send(shared, method, [`/conversations/${id}${path}`, body])).statusCode).toBe(400);
  });
});
