import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWiredService, type WiredReply, type WiredService } from '../support/wired-service.ts';

// What keys may do in the dialects, asked of the whole service as the program wires it.

const secretWords = 'abracadabra-7731';
const digest = `sha256:${'0'.repeat(64)}`;
const oneToken = { options: { num_predict: 1 }, max_tokens: 1, max_output_tokens: 16, stream: false };
const messages = [{ role: 'user', content: 'Oi' }];

let service: WiredService;
const keys = { admin: '', limited: '', member: '', other: '' };

beforeAll(async () => {
  service = await openWiredService();
  keys.admin = await service.makeKey({ scopes: ['ask', 'ingest', 'admin'] });
  keys.limited = await service.makeKey({ models: ['frase'] });
  keys.member = await service.makeKey({}, await service.makeUser('ana'));
  keys.other = await service.makeKey({}, await service.makeUser('bia'));
  for (const [model, system] of [
    ['frase', 'Você responde em uma frase.'],
    ['segredo', secretWords],
  ]) {
    const made = await service.call(keys.admin, '/api/create', {
      body: { model, from: 'nano', system, stream: false },
    });
    expect(made.json()).toEqual({ status: 'success' });
  }
  await addDocument('abertas', 'A filial número 1 fica na sala 1001.');
  await addDocument('secretas', 'A filial número 2 fica na sala 1002.');
  await addDocument('abertas', 'A filial número 3 fica na sala 1003.', { users: ['chefe'], groups: [] });
}, 120_000);
afterAll(() => service[Symbol.asyncDispose]());

async function addDocument(collection: string, text: string, readers?: object): Promise<void> {
  const form = new FormData();
  form.append('collection', collection);
  if (readers !== undefined) form.append('readers', JSON.stringify(readers));
  form.append('file', new File([text], `${text.slice(0, 19)}.txt`, { type: 'text/plain' }));
  const headers = { authorization: `Bearer ${keys.admin}`, prefer: 'wait=60' };
  const reply = await fetch(`${service.url}/documents`, { method: 'POST', headers, body: form });
  expect(reply.status, await reply.text()).toBe(201);
}

/** Every route that takes the name of a model, in every dialect. */
const uses: readonly (readonly [path: string, body: (model: string) => object])[] = [
  ['/api/show', (model) => ({ model })],
  ['/api/show', (model) => ({ model, verbose: true })],
  ['/api/generate', (model) => ({ model, prompt: 'Oi', ...oneToken })],
  ['/api/generate', (model) => ({ model, prompt: 'Oi', raw: true, ...oneToken })],
  ['/api/generate', (model) => ({ model, prompt: 'Oi', suffix: 'fim', ...oneToken })],
  ['/api/generate', (model) => ({ model, stream: false })],
  ['/api/generate', (model) => ({ model, keep_alive: 0, stream: false })],
  ['/api/chat', (model) => ({ model, messages, ...oneToken })],
  ['/api/chat', (model) => ({ model, messages: [], keep_alive: 0, stream: false })],
  ['/api/embed', (model) => ({ model, input: 'Oi' })],
  ['/api/embeddings', (model) => ({ model, prompt: 'Oi' })],
  ['/v1/chat/completions', (model) => ({ model, messages, ...oneToken })],
  ['/v1/completions', (model) => ({ model, prompt: 'Oi', ...oneToken })],
  ['/v1/completions', (model) => ({ model, prompt: [1, 2], ...oneToken })],
  ['/v1/embeddings', (model) => ({ model, input: 'Oi' })],
  ['/v1/embeddings', (model) => ({ model, input: [1, 2] })],
  ['/v1/tokenize', (model) => ({ model, text: 'Oi' })],
  ['/v1/detokenize', (model) => ({ model, tokens: [1] })],
  ['/v1/rerank', (model) => ({ model, query: 'Oi', documents: ['a'] })],
  ['/v1/responses', (model) => ({ model, input: 'Oi', ...oneToken })],
  ['/v1/messages', (model) => ({ model, messages, max_tokens: 1 })],
  ['/v1/messages/count_tokens', (model) => ({ model, messages })],
];

const forbiddenNames = [
  'segredo',
  'SEGREDO:latest',
  'library/segredo',
  'registry.ollama.ai/library/segredo:latest',
  'nano',
  'Nano:latest',
  'billumy',
  'billumy:documents',
  digest,
];

describe('a key that is limited to a model', () => {
  it('lists this one, and no other', async () => {
    const tags = (await service.call(keys.limited, '/api/tags')).json() as { models: { name: string }[] };
    expect(tags.models.map(({ name }) => name)).toEqual(['frase:latest']);
    const listed = (await service.call(keys.limited, '/v1/models')).json() as { data: { id: string }[] };
    expect(listed.data.map(({ id }) => id)).toEqual(['frase:latest']);
    expect((await service.call(keys.limited, '/v1/models/frase')).status).toBe(200);
    for (const name of forbiddenNames) {
      const reply = await service.call(keys.limited, `/v1/models/${encodeURIComponent(name)}`);
      expect(reply.status, name).toBe(404);
    }
  });

  it('may use this one', async () => {
    const refused: string[] = [];
    for (const [path, body] of uses) {
      const { status, text } = await service.call(keys.limited, path, { body: body('frase') });
      if (status === 401 || status === 403 || status === 404) refused.push(`${path}: ${status} ${text}`);
    }
    // The bundled model neither embeds nor ranks.
    expect(refused.filter((line) => !/embed|rerank/.test(line))).toEqual([]);
  });

  it.each(forbiddenNames)('may not use another in any route: %s', async (name) => {
    const allowed: string[] = [];
    for (const [path, body] of uses) {
      const { status, text } = await service.call(keys.limited, path, { body: body(name) });
      if ((status !== 403 && status !== 404) || text.includes(secretWords)) allowed.push(`${path}: ${status} ${text}`);
    }
    expect(allowed).toEqual([]);
  });

  it('sees what is loaded under the name it may use, and nothing of what it may not', async () => {
    await service.call(keys.admin, '/api/generate', { body: { model: 'segredo', stream: false } });
    const all = (await service.call(keys.admin, '/api/ps')).text;
    expect(all).toContain('nano');
    const { text } = await service.call(keys.limited, '/api/ps');
    expect(text).not.toMatch(/nano:latest|segredo|abracadabra/);
  });

  it('does not unload what it may not use', async () => {
    await service.call(keys.admin, '/api/generate', { body: { model: 'nano', stream: false } });
    await service.call(keys.limited, '/api/generate', { body: { model: 'nano', keep_alive: 0, stream: false } });
    expect((await service.call(keys.admin, '/api/ps')).json()).toMatchObject({ models: [{ name: 'nano:latest' }] });
  });
});

const management: readonly (readonly ['POST' | 'DELETE' | 'HEAD', string, object | undefined])[] = [
  ['POST', '/api/create', { model: 'nova', from: 'frase' }],
  ['POST', '/api/create', { model: 'frase', from: 'segredo' }],
  ['POST', '/api/copy', { source: 'segredo', destination: 'frase' }],
  ['DELETE', '/api/delete', { model: 'frase' }],
  ['POST', '/api/pull', { model: 'llama3.2:1b' }],
  ['POST', '/api/push', { model: 'frase' }],
  ['HEAD', `/api/blobs/${digest}`, undefined],
  ['POST', `/api/blobs/${digest}`, {}],
];

describe('a key that may only ask', () => {
  it.each(management)('may not manage: %s %s', async (method, path, body) => {
    for (const key of [keys.limited, keys.member]) {
      const reply = await service.call(key, path, { method, ...(body && { body }) });
      expect(reply.status).toBe(403);
      const told = method === 'HEAD' ? '' : '{"error":"This token lacks the scope \\"admin\\"';
      expect(reply.text).toContain(told);
    }
    expect((await service.call(keys.admin, '/api/show', { body: { model: 'frase' } })).json()).toMatchObject({
      system: 'Você responde em uma frase.',
    });
  });

  it('reads the words of personas in no list', async () => {
    for (const path of ['/api/tags', '/v1/models', '/api/ps']) {
      expect((await service.call(keys.member, path)).text, path).not.toContain(secretWords);
    }
  });
});

describe('a key for one dialect', () => {
  it('is refused by the others, each in its own words', async () => {
    const key = await service.makeKey({ dialects: ['openai'] });
    expect((await service.call(key, '/v1/models')).status).toBe(200);
    for (const [path, body] of uses.filter(([address]) => address.startsWith('/api/'))) {
      const reply = await service.call(key, path, { body: body('frase') });
      expect([reply.status, reply.json()]).toEqual([403, { error: expect.stringContaining('"ollama"') }]);
    }
    for (const path of ['/api/tags', '/api/ps']) {
      expect((await service.call(key, path)).json()).toEqual({ error: expect.stringContaining('"ollama"') });
    }
    expect(
      (await service.call(key, '/v1/messages', { body: { model: 'frase', messages, max_tokens: 1 } })).json(),
    ).toMatchObject({ type: 'error', error: { type: 'permission_error' } });
    expect((await service.call(key, '/search', { body: { query: 'sala' } })).status).toBe(403);
  });

  it('is told once how a key is sent', async () => {
    const reply = await fetch(`${service.url}/api/tags`);
    const text = 'unauthorized: Send the header "Authorization: Bearer <API key or access token>".';
    expect([reply.status, await reply.json()]).toEqual([401, { error: text, status: text }]);
  });
});

describe('answers from documents', () => {
  const ask = (key: string, question: string, more: object = {}): Promise<WiredReply> =>
    service.call(key, '/v1/chat/completions', {
      body: { model: 'billumy:documents', messages: [{ role: 'user', content: question }], ...more },
    });
  const secondOffice = 'Em que sala fica a filial número 2?';
  const thirdOffice = 'Em que sala fica a filial número 3?';

  it('come from the collections of the key', async () => {
    expect((await ask(keys.admin, secondOffice)).text).toContain('sala 1002');
    const key = await service.makeKey({ collections: ['abertas'] });
    for (const more of [{}, { collections: ['secretas'] }, { options: { collections: 'all' } }, { stream: true }]) {
      const reply = await ask(key, secondOffice, more);
      expect(reply.text, JSON.stringify(more)).not.toContain('1002');
      expect(reply.status).toBeLessThan(500);
    }
    expect((await ask(key, 'Em que sala fica a filial número 1?')).text).toContain('sala 1001');
  });

  it('are refused where the persona answers from others', async () => {
    const body = { model: 'cofre', from: 'billumy:documents', collections: ['secretas'], stream: false };
    expect((await service.call(keys.admin, '/api/create', { body })).status).toBe(200);
    const key = await service.makeKey({ collections: ['abertas'] });
    const reply = await ask(key, secondOffice, { model: 'cofre' });
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('1002');
  });

  it('know no other person than the one who asks', async () => {
    expect((await ask(keys.admin, thirdOffice)).text).toContain('sala 1003');
    for (const more of [{}, { act_as: { user: 'chefe' } }, { user: 'chefe' }, { metadata: { user_id: 'chefe' } }]) {
      expect((await ask(keys.member, thirdOffice, more)).text, JSON.stringify(more)).not.toContain('1003');
    }
  });
});

describe('responses that are kept', () => {
  it('are nobody else’s', async () => {
    const body = { model: 'nano', input: 'Oi', max_output_tokens: 16 };
    const { id } = (await service.call(keys.member, '/v1/responses', { body })).json() as { id: string };
    expect((await service.call(keys.member, `/v1/responses/${id}`)).status).toBe(200);
    for (const key of [keys.other, keys.admin]) {
      expect((await service.call(key, `/v1/responses/${id}`)).status).toBe(404);
      expect((await service.call(key, `/v1/responses/${id}`, { method: 'DELETE' })).status).toBe(404);
      const next = await service.call(key, '/v1/responses', { body: { ...body, previous_response_id: id } });
      expect(next.status).toBe(400);
    }
    expect((await service.call(keys.member, `/v1/responses/${id}`)).status).toBe(200);
  });
});
