import { afterAll, describe, expect, it } from 'vitest';
import {
  closeAskApps,
  openAskApp,
  post,
  question,
  send,
  sentence,
  type Call,
  type Method,
} from '../support/ask-app.ts';

afterAll(closeAskApps);

const shared = await openAskApp();

describe('/conversations', () => {
  it('keeps questions and answers, and follows up', async () => {
    const app = await openAskApp();
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
    const app = await openAskApp();
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
    const app = await openAskApp();
    const answer = (await post(app, { question })).json<{ id: string; conversation_id: string }>();
    const feedback = { message_id: answer.id, rating: 'up' };
    const attempts = (id: string): [Method, Call][] => [
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
    const app = await openAskApp();
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
