import {
  ask,
  connect,
  createApiKey,
  logIn,
  refreshTokens,
  uploadFiles,
  type Answer,
  type Connection,
} from '@billumy/protocol';
import { expect } from 'vitest';
import { administratorPassword } from './api.ts';

/** What was done with an installation, so that a copy of it can be asked whether it goes on with it. */
export interface LivedIn {
  key: string;
  refreshToken: string;
  question: string;
  answer: Answer;
  conversation: unknown;
  conversationId: string;
  documentId: string;
  text: string;
  responseId: string;
}

const question = 'A que horas abre a garagem?';
const persona = 'porteiro';
const repeatable = { 'idempotency-key': 'the-same' };

/** Uses every kind of thing that an installation keeps. */
export async function liveIn(url: string): Promise<LivedIn> {
  const credentials = { username: 'admin', password: administratorPassword };
  const tokens = await logIn(connect({ url }), credentials);
  const administrator = connect({ url, token: tokens.access_token });
  const second = await logIn(connect({ url }), credentials);
  const { refresh_token: refreshToken } = await refreshTokens(connect({ url }), second.refresh_token);
  const added = await uploadFiles(administrator, {
    files: [new File(['A garagem fecha às 20h.'], 'garagem.txt', { type: 'text/plain' })],
    waitSeconds: 60,
  });
  const documentId = added.documents[0]!.id;
  await replaceDocument(administrator, documentId);
  const { key } = await createApiKey(administrator, { name: 'site', scopes: ['ask'] });
  await administrator.json('/api/create', {
    method: 'POST',
    body: { model: persona, from: 'nano', system: 'Você é o porteiro.', stream: false },
  });
  const asker = connect({ url, token: key });
  const first = await ask(asker, { question });
  const conversationId = first.conversation_id!;
  const answer = await ask(asker, { question, conversation_id: conversationId });
  await asker.text(`/conversations/${conversationId}/feedback`, {
    method: 'POST',
    body: { message_id: answer.id, rating: 'up' },
  });
  const response = await fetch(`${url}/v1/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'nano', input: question }),
  });
  expect(response.status).toBe(200);
  const { id: responseId } = (await response.json()) as { id: string };
  expect((await addOnce(url, tokens.access_token)).headers.get('idempotency-replayed')).toBeNull();
  return {
    key,
    refreshToken,
    question,
    answer,
    conversation: await asker.json(`/conversations/${conversationId}`),
    conversationId,
    documentId,
    text: await administrator.text(`/documents/${documentId}/content`),
    responseId,
  };
}

/** The service at this address goes on with all of it. */
export async function expectToGoOn(url: string, lived: LivedIn): Promise<void> {
  const asker = connect({ url, token: lived.key });
  expect(await asker.json(`/conversations/${lived.conversationId}`)).toEqual(lived.conversation);
  // The index is made from the stored texts in the background.
  await expect
    .poll(async () => (await ask(asker, { question: lived.question })).answered, { interval: 250 })
    .toBe(true);
  const again = await ask(asker, { question: lived.question, conversation_id: lived.conversationId });
  expect(again).toMatchObject({ answer: lived.answer.answer, conversation_id: lived.conversationId });
  expect(again.citations.map(({ document, quote }) => ({ document, quote }))).toEqual(
    lived.answer.citations.map(({ document, quote }) => ({ document, quote })),
  );
  const { access_token: token } = await refreshTokens(connect({ url }), lived.refreshToken);
  const administrator = connect({ url, token });
  expect(await administrator.text(`/documents/${lived.documentId}/content`)).toBe(lived.text);
  expect(await administrator.json('/api/show', { method: 'POST', body: { model: persona } })).toMatchObject({
    system: 'Você é o porteiro.',
  });
  expect(await asker.json(`/v1/responses/${lived.responseId}`)).toMatchObject({ id: lived.responseId });
  expect((await addOnce(url, token)).headers.get('idempotency-replayed')).toBe('true');
}

async function replaceDocument(administrator: Connection, id: string): Promise<void> {
  await administrator.json(`/documents/${id}`, {
    method: 'PUT',
    headers: { prefer: 'wait=60' },
    body: { title: 'Garagem', text: 'A garagem do prédio abre às 6h30.' },
  });
  await expect.poll(async () => administrator.json(`/documents/${id}`)).toMatchObject({ status: 'ready', revision: 2 });
}

function addOnce(url: string, token: string): Promise<Response> {
  return fetch(`${url}/documents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...repeatable },
    body: JSON.stringify({ title: 'Academia', text: 'A academia abre às 6h.' }),
  });
}
