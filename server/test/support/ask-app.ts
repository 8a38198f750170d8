import type { LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { createConversations } from '../../src/core/conversations/conversations.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import { askRoutes } from '../../src/routes/ask.ts';
import { conversationRoutes } from '../../src/routes/conversations.ts';
import type { App } from '../../src/routes/http/route.ts';
import { member, setUpAsk, wordByWord, type AskSetupOptions } from './ask-setup.ts';

const documents = [
  {
    id: 'doc_1',
    title: 'Política de entregas',
    texts: ['Para Manaus, o prazo de entrega é de 12 dias úteis. O frete custa R$ 24,90.'],
  },
];

/** What its only document says, and the question to it. */
export const sentence = 'Para Manaus, o prazo de entrega é de 12 dias úteis.';
export const question = 'Qual é o prazo de entrega para Manaus?';

const principals: Readonly<Record<string, Principal>> = {
  'Bearer ana': member,
  'Bearer bia': { ...member, userId: 'usr_bia', username: 'bia' },
  'Bearer backend': { ...member, userId: 'usr_backend', scopes: ['ask', 'act_as'] },
  'Bearer limited': { ...member, userId: 'usr_limited', keyId: 'k', collections: ['policies'], models: ['nano'] },
  'Bearer ingest': { ...member, scopes: ['ingest'] },
};

const opened: (() => Promise<void>)[] = [];

/** The routes of asking and conversations over one document, with a model that quotes it; closed by `closeAskApps`. */
export async function openAskApp(options: AskSetupOptions = {}): Promise<App> {
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
  opened.push(async () => {
    await app.close();
    await setup[Symbol.asyncDispose]();
  });
  return app;
}

export async function closeAskApps(): Promise<void> {
  for (const close of opened.splice(0)) await close();
}

export const post = (app: App, body: object, who = 'ana'): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url: '/ask/question', headers: { authorization: `Bearer ${who}` }, payload: body });

export type Method = 'GET' | 'PATCH' | 'DELETE' | 'POST';
export type Call = readonly [url: string, payload?: object | undefined, who?: string];

export const send = (app: App, method: Method, [url, payload, who]: Call): Promise<LightMyRequestResponse> =>
  app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${who ?? 'ana'}` },
    ...(payload === undefined ? {} : { payload }),
  });
