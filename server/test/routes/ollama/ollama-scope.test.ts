import type { LightMyRequestResponse } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../../src/app.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { Principal } from '../../../src/models/principal.ts';
import { maxBodyMegabytes } from '../../../src/routes/dialects/large-json.ts';
import { goBody, goInt, goList, goMap, goString, goStruct } from '../../../src/routes/ollama/go/types.ts';
import { ollamaError } from '../../../src/routes/ollama/ollama-error.ts';
import { ollamaSchema } from '../../../src/routes/ollama/ollama-schema.ts';
import { ollamaScope } from '../../../src/routes/ollama/ollama-scope.ts';
import { readBody, streamBodies } from '../../../src/routes/ollama/read-body.ts';
import { sendJson, sendLines } from '../../../src/routes/ollama/send.ts';
import type { App } from '../../../src/routes/http/route.ts';
import { ana } from '../../support/principals.ts';

const thing = goBody('ThingRequest', {
  model: goString,
  numbers: goList(goInt, '[]int'),
  options: goMap,
  parts: goList(goStruct('Part', { content: goString }), '[]api.Part'),
});
const maxBodyBytes = maxBodyMegabytes * 1024 * 1024;
const schema = ollamaSchema({ summary: 'A thing', body: thing, reply: z.unknown() });

function things(scope: App): void {
  scope.post('/api/thing', { config: { access: { scope: 'ask' } }, schema }, async (request, reply) =>
    sendJson(reply, { thing: readBody(request, thing) }),
  );
  scope.post('/api/lines/:fails', { config: { access: { scope: 'ask' } } }, async (request, reply) =>
    sendLines(reply, { request, lines: lines((request.params as { fails: string }).fails) }),
  );
  scope.get('/api/fails', { config: { access: 'public' } }, async () => {
    throw new Error('secret of /home/ana');
  });
  streamBodies(scope, (files) => {
    files.post('/api/files', { config: { access: 'public' } }, async (request, reply) => {
      let bytes = 0;
      for await (const chunk of request.body as AsyncIterable<Buffer>) bytes += chunk.length;
      return sendJson(reply, { bytes });
    });
  });
}

async function* lines(fails: string): AsyncGenerator<object> {
  if (fails === 'first') throw ollamaError(418, 'no tea');
  yield { line: 1 };
  yield { line: 2 };
  if (fails === 'later') throw new AppError('overloaded');
}

async function authenticate(authorization: string | undefined): Promise<Principal> {
  if (authorization !== 'Bearer ana') throw new AppError('unauthenticated');
  return ana;
}

const opened: App[] = [];
async function open(options: Partial<Parameters<typeof buildApp>[0]> = {}): Promise<App> {
  const app = await buildApp({ authenticate, routes: [ollamaScope(things)], logLevel: 'silent', ...options });
  opened.push(app);
  return app;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close()));
});

async function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return (await open()).inject({
    method: 'POST',
    url: '/api/thing',
    headers: { authorization: 'Bearer ana', ...headers },
    payload: body,
  });
}

const error = (text: string): string => JSON.stringify({ error: text });

describe('a body', () => {
  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain; charset=utf-16',
    'nonsense',
    'multipart/form-data',
  ])('is JSON, also as %s', async (contentType) => {
    const reply = await post('{"model":"m"}', { 'content-type': contentType });
    expect([reply.statusCode, reply.body]).toEqual([200, '{"thing":{"model":"m"}}']);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('is JSON without any content type', async () => {
    expect((await post(Buffer.from('{"model":"m"}'))).body).toBe('{"thing":{"model":"m"}}');
  });

  it.each([
    ['keys in any case', '{"MODEL":"m","Numbers":[1]}', { model: 'm', numbers: [1] }],
    ['unknown keys', '{"extra":1,"model":"m"}', { model: 'm' }],
    ['what follows the first value', '{"model":"m"} trailing {', { model: 'm' }],
    ['the last of two', '{"model":"a","model":"b"}', { model: 'b' }],
    ['null as absent', '{"model":null,"numbers":[null,2]}', { numbers: [0, 2] }],
    ['null as an empty struct', 'null', {}],
    ['lone surrogates', String.raw`{"model":"a\ud800b"}`, { model: 'a\uFFFDb' }],
    [
      'bytes that are not UTF-8',
      Buffer.from([...Buffer.from('{"model":"'), 0xff, ...Buffer.from('"}')]),
      { model: '\uFFFD' },
    ],
  ])('is read as Go reads it: %s', async (_name, body, meaning) => {
    expect((await post(body)).json()).toEqual({ thing: meaning });
  });

  it.each([
    ['nothing', '', 'missing request body'],
    ['blanks', ' \r\n\t', 'missing request body'],
    ['half an object', '{"model":"m"', 'unexpected EOF'],
    ['half a text', '{"model":"m', 'unexpected EOF'],
    ['a key without quotes', '{bad}', "invalid character 'b' looking for beginning of object key string"],
    ['a comma at the end', '{"model":"m",}', "invalid character '}' looking for beginning of object key string"],
    ['a form', 'model=m', "invalid character 'm' looking for beginning of value"],
    ['a byte order mark', '\uFEFF{}', "invalid character 'ï' looking for beginning of value"],
    ['no colon', '{"a" 1}', "invalid character '1' after object key"],
    ['no comma', '{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
    ['no comma in a list', '{"a":[1 2]}', "invalid character '2' after array element"],
    ['a line break in a text', '{"a":"\n"}', String.raw`invalid character '\n' in string literal`],
    ['an unknown escape', String.raw`{"a":"\q"}`, "invalid character 'q' in string escape code"],
    [
      'half a code point',
      String.raw`{"a":"\u12x4"}`,
      String.raw`invalid character 'x' in \u hexadecimal character escape`,
    ],
    ['a misspelt word', '{"a":trve}', "invalid character 'v' in literal true (expecting 'u')"],
    ['a sign alone', '{"a":-}', "invalid character '}' in numeric literal"],
    ['a point alone', '{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
    ['an exponent alone', '{"a":1e}', "invalid character '}' in exponent of numeric literal"],
    ['a number that begins with zero', '{"a":01}', "invalid character '1' after object key:value pair"],
    ['single quotes', "{'a':1}", String.raw`invalid character '\'' looking for beginning of object key string`],
    ['100 levels', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'exceeded max depth of 64'],
    ['a list', '[]', 'json: cannot unmarshal array into Go value of type api.ThingRequest'],
    ['a text', '"a"', 'json: cannot unmarshal string into Go value of type api.ThingRequest'],
    [
      'a number for a text',
      '{"model":5}',
      'json: cannot unmarshal number into Go struct field ThingRequest.model of type string',
    ],
    [
      'true for a list',
      '{"numbers":true}',
      'json: cannot unmarshal bool into Go struct field ThingRequest.numbers of type []int',
    ],
    [
      'a fraction',
      '{"numbers":[1.5]}',
      'json: cannot unmarshal number 1.5 into Go struct field ThingRequest.numbers of type int',
    ],
    [
      'a list for a map',
      '{"options":[]}',
      'json: cannot unmarshal array into Go struct field ThingRequest.options of type map[string]interface {}',
    ],
    [
      'a number deep inside',
      '{"parts":[{"content":1}]}',
      'json: cannot unmarshal number into Go struct field ThingRequest.parts.content of type string',
    ],
    ['a NUL', String.raw`{"model":"\u0000"}`, 'model contains a NUL character'],
    ['an endless number', '{"options":{"a":1e999}}', 'options.a is a number too large to represent'],
    ['a prototype', '{"options":{"__proto__":{"a":1}}}', 'options must not have a field named "__proto__"'],
  ])('is refused in Go’s words: %s', async (_name, body, text) => {
    const reply = await post(body);
    expect([reply.statusCode, reply.body]).toEqual([400, error(text)]);
  });

  it('may be 50 MB, and no more', async () => {
    const text = (bytes: number): string => `{"model":"${'x'.repeat(bytes - 12)}"}`;
    expect((await post(text(maxBodyBytes))).statusCode).toBe(200);
    const reply = await post(text(maxBodyBytes + 1));
    expect([reply.statusCode, reply.body]).toEqual([413, error('http: request body too large: send at most 50 MB')]);
  });

  it('must not be compressed', async () => {
    const reply = await post('{}', { 'content-encoding': 'gzip' });
    expect([reply.statusCode, reply.body]).toEqual([415, error('Send the body uncompressed.')]);
  });

  it('can be a file, of any size, as it comes', async () => {
    const app = await open();
    const payload = Buffer.alloc(maxBodyBytes + 1);
    const reply = await app.inject({ method: 'POST', url: '/api/files', payload });
    expect(reply.json()).toEqual({ bytes: maxBodyBytes + 1 });
  });
});

describe('lines', () => {
  const ask = async (fails: string): Promise<LightMyRequestResponse> =>
    (await open()).inject({ method: 'POST', url: `/api/lines/${fails}`, headers: { authorization: 'Bearer ana' } });

  it('are objects, each on its own', async () => {
    const reply = await ask('never');
    expect([reply.statusCode, reply.body]).toEqual([200, '{"line":1}\n{"line":2}\n']);
    expect(reply.headers['content-type']).toBe('application/x-ndjson');
  });

  it('do not begin when the first one fails', async () => {
    const reply = await ask('first');
    expect([reply.statusCode, reply.body]).toEqual([418, error('no tea')]);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('end with the error that comes later', async () => {
    const reply = await ask('later');
    expect(reply.statusCode).toBe(200);
    expect(reply.body.split('\n').slice(2)).toEqual([
      error('server busy, please try again.  maximum pending requests exceeded'),
      '',
    ]);
  });
});

describe('what goes wrong before a route is reached', () => {
  it('is told in Ollama’s way: no token', async () => {
    const reply = await post('{}', { authorization: 'Bearer nobody' });
    expect(reply.statusCode).toBe(401);
    expect(reply.headers['www-authenticate']).toBe('Bearer');
    const text =
      'unauthorized: No valid token was sent. Send the header "Authorization: Bearer <API key or access token>".';
    // The ollama command reads the second, other clients the first.
    expect(reply.json()).toEqual({ error: text, status: text });
  });

  it.each([
    ['quota_exceeded', 429, 'The limit of this key or account is used up for now.'],
    ['overloaded', 503, 'server busy, please try again.  maximum pending requests exceeded'],
    ['scope_missing', 403, 'The token does not carry the scope this route needs.'],
  ] as const)('is told in Ollama’s way: %s', async (code, status, text) => {
    const app = await open({ admit: async () => Promise.reject(new AppError(code, { retryAfterSeconds: 2.5 })) });
    const reply = await app.inject({ method: 'POST', url: '/api/thing', headers: { authorization: 'Bearer ana' } });
    expect([reply.statusCode, reply.body]).toEqual([status, error(text)]);
    expect(reply.headers['retry-after']).toBe('3');
  });

  it('is told in Ollama’s way: an address that is not there', async () => {
    const app = await open();
    const replies = await Promise.all(
      (['GET', 'POST', 'DELETE'] as const).map((method) => app.inject({ method, url: '/api/nothing', payload: '{' })),
    );
    for (const reply of replies) {
      expect([reply.statusCode, reply.body]).toEqual([404, '404 page not found']);
      expect(reply.headers['content-type']).toContain('text/plain');
    }
  });

  it('is told in Ollama’s way: another method', async () => {
    const reply = await (await open()).inject({ method: 'PUT', url: '/api/thing' });
    expect([reply.statusCode, reply.body]).toEqual([405, '405 method not allowed']);
    expect(reply.headers['allow']).toBe('POST');
  });

  it('says nothing of the inside', async () => {
    const reply = await (await open()).inject('/api/fails');
    expect(reply.statusCode).toBe(500);
    expect(reply.body).toBe(error('Something went wrong inside; the log has the details under the request id.'));
  });

  it('leaves the rest of the server as it was', async () => {
    const reply = await (await open()).inject('/nothing');
    expect(reply.headers['content-type']).toContain('application/problem+json');
  });
});
