import { searchReplySchema, type SearchReply } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createRetrieval } from '../../src/core/retrieval/create-retrieval.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { SearchIndex } from '../../src/ports/search-index.ts';
import { searchRoutes } from '../../src/routes/search.ts';
import type { App } from '../../src/routes/http/route.ts';
import { openSqliteIndex } from '../../src/services/search/sqlite/open-sqlite-index.ts';
import { indexedDocument } from '../support/passages.ts';
import { installedModels, scriptedEngine } from '../support/retrieval-doubles.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openMemoryCache } from '../../src/services/cache/memory-cache.ts';

const member: Principal = {
  userId: 'usr_ana',
  username: 'ana',
  role: 'member',
  groups: ['sales'],
  scopes: ['ask'],
  keyId: null,
  collections: null,
  models: null,
  dialects: null,
  requestsPerMinute: null,
  tokensPerDay: null,
};
const principals: Readonly<Record<string, Principal>> = {
  ana: member,
  backend: { ...member, username: 'backend', role: 'admin', scopes: ['ask', 'act_as'] },
  narrow: { ...member, collections: ['policies'] },
  ingester: { ...member, scopes: ['ingest'] },
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let index: SearchIndex;
let app: App;

beforeAll(async () => {
  folder = await temporaryFolder();
  index = await openSqliteIndex({ path: folder.file('search.db') });
  await index.replaceDocuments([
    indexedDocument({
      id: 'doc_a',
      title: 'Entregas',
      section: ['Norte'],
      texts: ['O prazo para Manaus é de 12 dias.'],
    }),
    indexedDocument({ id: 'doc_b', readers: ['group:sales'], texts: ['O prazo para clientes especiais é de 5 dias.'] }),
    indexedDocument({ id: 'doc_c', collection: 'contracts', texts: ['O prazo do contrato é de um ano.'] }),
    indexedDocument({ id: 'doc_d', readers: ['user:bia'], texts: ['O prazo da Bia é amanhã.'] }),
  ]);
  const retrieval = createRetrieval({
    index,
    engine: scriptedEngine(),
    cache: openMemoryCache({ now: Date.now }),
    languageModels: installedModels(),
  });
  app = await buildApp({
    routes: [searchRoutes(retrieval)],
    logLevel: 'silent',
    authenticate: async (authorization) => {
      const principal = principals[authorization?.replace('Bearer ', '') ?? ''];
      if (principal === undefined) throw new AppError('unauthenticated');
      return principal;
    },
  });
});
afterAll(async () => {
  await app.close();
  await index[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const post = (payload: Record<string, unknown>, as = 'ana') =>
  app.inject({ method: 'POST', url: '/search', payload, headers: { authorization: `Bearer ${as}` } });

async function documents(payload: Record<string, unknown>, as = 'ana'): Promise<string[]> {
  const reply = await post(payload, as);
  expect(reply.statusCode).toBe(200);
  return searchReplySchema
    .parse(reply.json())
    .passages.map(({ document }) => document.id)
    .toSorted();
}

interface Refusal {
  name: string;
  payload: Record<string, unknown>;
  as: string;
  status: number;
  code: string;
}

describe('POST /search', () => {
  it('gives passages with document, place, text and the scores of each leg', async () => {
    const reply = (await post({ query: 'prazo para Manaus', limit: 1 })).json<SearchReply>();
    expect(reply).toEqual({
      passages: [
        {
          document: { id: 'doc_a', title: 'Entregas', revision: 1 },
          collection: 'policies',
          section: ['Norte'],
          page: null,
          start: 0,
          end: 33,
          text: 'O prazo para Manaus é de 12 dias.',
          language: 'pt',
          score: expect.any(Number) as number,
          lexical: { rank: 1, score: expect.any(Number) as number },
          dense: null,
          coverage: 1,
        },
      ],
      degraded: 'no embedding model',
    });
  });

  it('shows what the caller may read', async () => {
    expect(await documents({ query: 'prazo' })).toEqual(['doc_a', 'doc_b', 'doc_c']);
    expect(await documents({ query: 'prazo' }, 'backend')).toEqual(['doc_a', 'doc_b', 'doc_c', 'doc_d']);
    expect(await documents({ query: 'prazo' }, 'narrow')).toEqual(['doc_a', 'doc_b']);
    expect(await documents({ query: 'prazo', collections: ['contracts'] })).toEqual(['doc_c']);
  });

  it('shows what the end user may read, not what the backend may', async () => {
    expect(await documents({ query: 'prazo', act_as: { user: 'bia' } }, 'backend')).toEqual([
      'doc_a',
      'doc_c',
      'doc_d',
    ]);
    expect(await documents({ query: 'prazo', act_as: { user: 'x', groups: ['sales'] } }, 'backend')).toEqual([
      'doc_a',
      'doc_b',
      'doc_c',
    ]);
  });

  it.each<Refusal>([
    { name: 'no token', payload: { query: 'prazo' }, as: 'nobody', status: 401, code: 'unauthenticated' },
    {
      name: 'a token without the scope',
      payload: { query: 'prazo' },
      as: 'ingester',
      status: 403,
      code: 'scope_missing',
    },
    {
      name: 'act_as without its scope',
      payload: { query: 'prazo', act_as: { user: 'bia' } },
      as: 'ana',
      status: 403,
      code: 'scope_missing',
    },
    {
      name: 'a collection outside the key',
      payload: { query: 'prazo', collections: ['contracts'] },
      as: 'narrow',
      status: 403,
      code: 'forbidden',
    },
    { name: 'an empty query', payload: { query: ' ' }, as: 'ana', status: 400, code: 'invalid_request' },
    { name: 'no query', payload: {}, as: 'ana', status: 400, code: 'invalid_request' },
    {
      name: 'a query of 100,000 characters',
      payload: { query: 'a'.repeat(100_000) },
      as: 'ana',
      status: 400,
      code: 'invalid_request',
    },
    { name: 'NUL', payload: { query: 'a\u0000b' }, as: 'ana', status: 400, code: 'invalid_request' },
    {
      name: 'an unknown field',
      payload: { query: 'prazo', readers: null },
      as: 'ana',
      status: 400,
      code: 'invalid_request',
    },
    {
      name: 'too large a limit',
      payload: { query: 'prazo', limit: 51 },
      as: 'ana',
      status: 400,
      code: 'invalid_request',
    },
    {
      name: 'no collection at all',
      payload: { query: 'prazo', collections: [] },
      as: 'ana',
      status: 400,
      code: 'invalid_request',
    },
  ])('refuses $name', async ({ payload, as, status, code }) => {
    const reply = await post(payload, as);
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toMatchObject({ code });
  });

  it.each(['" OR "a', "'; drop table terms; --", 'NEAR(a b)', '(((((', 'words:x', '*', '😀', 'ﷺ'.repeat(500)])(
    'takes %j as text',
    async (query) => {
      const reply = await post({ query });
      expect(reply.statusCode).toBe(200);
    },
  );
});
