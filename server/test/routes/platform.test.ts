import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { told } from '../../src/errors/told.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { App } from '../../src/routes/http/route.ts';
import { ana } from '../support/principals.ts';

const authenticate = async (authorization: string | undefined): Promise<Principal> => {
  if (authorization !== 'Bearer ana') throw new AppError('unauthenticated');
  return ana;
};
const asAna = { authorization: 'Bearer ana' };

function things(app: App): void {
  app.post(
    '/things',
    {
      config: { access: { scope: 'ask' } },
      schema: { body: z.strictObject({ name: z.string(), numbers: z.array(z.number()).optional() }) },
    },
    async (request) => ({ name: request.body.name }),
  );
  app.get(
    '/things/:id',
    {
      config: { access: 'signed-in' },
      schema: { params: z.strictObject({ id: z.string().regex(/^thing_[a-z]+$/) }) },
    },
    async (request) => ({ id: request.params.id }),
  );
  app.get('/fails', { config: { access: 'public' } }, async () => {
    throw new Error('secret of /home/ana');
  });
  app.get('/admin', { config: { access: { scope: 'admin' } } }, async () => ({}));
  app.post('/form', { config: { access: 'public', acceptsForm: true } }, async (request) => request.body);
}

const opened: App[] = [];
async function open(options: Partial<Parameters<typeof buildApp>[0]> = {}): Promise<App> {
  const app = await buildApp({ authenticate, routes: [things], logLevel: 'silent', ...options });
  opened.push(app);
  return app;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close()));
});

const json = (body: string | Buffer, contentType = 'application/json') =>
  ({ method: 'POST', url: '/things', headers: { ...asAna, 'content-type': contentType }, payload: body }) as const;

describe('start-up', () => {
  it('fails for a route that does not say who may call it', async () => {
    const unguarded = (app: App): void => void app.get('/open', async () => ({}));
    await expect(buildApp({ authenticate, routes: [unguarded], logLevel: 'silent' })).rejects.toThrow(
      'GET /open declares no access',
    );
  });
});

describe('access', () => {
  it('answers 401 without a token, naming the scheme', async () => {
    const reply = await (await open()).inject('/things/thing_a');
    expect(reply.statusCode).toBe(401);
    expect(reply.headers['www-authenticate']).toBe('Bearer');
    expect(reply.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  it('names the scope that is missing', async () => {
    const reply = await (await open()).inject({ url: '/admin', headers: asAna });
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({
      code: 'scope_missing',
      detail: 'This token lacks the scope "admin": an administrator can make a key that has it.',
    });
  });

  it('answers 429 with Retry-After to a key that has used up its requests', async () => {
    const admit = async (): Promise<void> => {
      throw new AppError('quota_exceeded', { retryAfterSeconds: 12.3 });
    };
    const reply = await (await open({ admit })).inject({ url: '/things/thing_a', headers: asAna });
    expect(reply.statusCode).toBe(429);
    expect(reply.headers['retry-after']).toBe('13');
  });
});

describe('addresses', () => {
  it('answers 404 for an unknown path, whatever the body is', async () => {
    const reply = await (await open()).inject({ ...json('not json', 'text/html'), url: '/nothing' });
    expect(reply.statusCode).toBe(404);
    expect(reply.headers['content-type']).toContain('application/problem+json');
  });

  it.each(['DELETE', 'PUT', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'answers 405 with the allowed methods to %s',
    async (method) => {
      const reply = await (await open()).inject({ method: method as 'DELETE', url: '/things/thing_a?x=1' });
      expect(reply.statusCode).toBe(405);
      expect(reply.headers.allow).toBe('GET, HEAD');
    },
  );

  it('answers 404 for an id of the wrong form, with the body of an absent one', async () => {
    const app = await open();
    const wrongForm = (await app.inject({ url: '/things/..', headers: asAna })).json<{ request_id: string }>();
    const absent = (await app.inject('/nothing')).json<{ request_id: string }>();
    expect({ ...wrongForm, request_id: '' }).toEqual({ ...absent, request_id: '' });
  });

  it.each(['/things/%', '/things/%ff', '/things/%00', '/things/a?q=%ff', '/things/a?q=%00', '/things/%ed%a0%80'])(
    'answers 400 to the malformed address %s',
    async (url) => {
      const reply = await (await open()).inject({ url, headers: asAna });
      expect(reply.statusCode).toBe(400);
      expect(reply.json()).toMatchObject({ code: 'invalid_request' });
    },
  );

  it.each(['/things?after=%E0%A4%A', '/things/%E0%A4%A', '/things/thing_a%2', '/nowhere/%E0%A4%A'])(
    'says what is wrong with %s, which cannot be decoded',
    async (url) => {
      const reply = await (await open()).inject({ url, headers: asAna });
      expect(reply.statusCode).toBe(400);
      expect(reply.json()).toMatchObject({
        code: 'invalid_request',
        detail: 'The address contains escapes that are not UTF-8.',
      });
    },
  );

  it('answers 404 for an id that is far too long', async () => {
    const reply = await (await open()).inject({ url: `/things/${'a'.repeat(5000)}`, headers: asAna });
    expect(reply.statusCode).toBe(404);
  });
});

describe('bodies', () => {
  it('takes what the schema describes', async () => {
    const reply = await (await open()).inject(json('{"name":"ação"}', 'application/json; charset=UTF-8'));
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toEqual({ name: 'ação' });
  });

  it('lists each wrong field by its path', async () => {
    const reply = await (await open()).inject(json('{"name":1,"numbers":[1,"two"],"extra":true}'));
    expect(reply.statusCode).toBe(400);
    const { code, issues } = reply.json<{ code: string; issues: { path: string; message: string }[] }>();
    expect(code).toBe('invalid_request');
    expect(issues.map(({ path }) => path)).toEqual(['name', 'numbers[1]', '']);
    expect(issues[2]?.message).toContain('extra');
  });

  it('does not send back a book when a field name is one', async () => {
    const reply = await (await open()).inject(json(JSON.stringify({ ['x'.repeat(100_000)]: 1 })));
    expect(reply.statusCode).toBe(400);
    expect(reply.body.length).toBeLessThan(2000);
  });

  const deep = (levels: number): string => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  it.each([
    ['no JSON', '{"name":', 'invalid_json'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'invalid_json'],
    ['a byte order mark', '\uFEFF{"name":"a"}', 'invalid_json'],
    ['nesting of 100 levels', deep(100), 'invalid_json'],
    ['nesting of 100,000 levels', deep(100_000), 'invalid_json'],
    ['a NUL', '{"name":"a\\u0000b"}', 'invalid_request'],
    ['a lone surrogate', '{"name":"\\ud800"}', 'invalid_request'],
    ['a lone surrogate in a key', '{"\\udc00":1}', 'invalid_request'],
    ['a number beyond all numbers', '{"name":"a","numbers":[1e400]}', 'invalid_request'],
    ['__proto__', '{"name":"a","__proto__":{"admin":true}}', 'invalid_request'],
    ['constructor.prototype', '{"name":"a","constructor":{"prototype":{"admin":true}}}', 'invalid_request'],
    ['nothing', '', 'invalid_request'],
    ['an array', '[]', 'invalid_request'],
    ['null', 'null', 'invalid_request'],
  ])('refuses %s', async (_what, body, code) => {
    const reply = await (await open()).inject(json(body));
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ code });
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/json; charset=utf-7',
    'application/x-www-form-urlencoded',
    'x',
  ])('answers 415 to %s', async (contentType) => {
    const reply = await (await open()).inject(json('{"name":"a"}', contentType));
    expect(reply.statusCode).toBe(415);
  });

  it('answers 413 to a body above the limit', async () => {
    const reply = await (await open()).inject(json(JSON.stringify({ name: 'a'.repeat(300_000) })));
    expect(reply.statusCode).toBe(413);
    expect(reply.json()).toMatchObject({ code: 'body_too_large' });
  });

  it('takes a form where the route wants one', async () => {
    const form = (payload: string) =>
      ({
        method: 'POST',
        url: '/form',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload,
      }) as const;
    const app = await open();
    expect((await app.inject(form('username=ana+l&password=a%26%3Dc=d'))).json()).toEqual({
      username: 'ana l',
      password: 'a&=c=d',
    });
    expect((await app.inject(form('username=%ff'))).statusCode).toBe(400);
    expect((await app.inject(form('username=%00'))).statusCode).toBe(400);
    expect((await app.inject(form('a=1&a=2'))).statusCode).toBe(400);
  });
});

describe('replies', () => {
  it('say nothing of the inside when something fails', async () => {
    const lines: string[] = [];
    const app = await open({ logLevel: 'info', logStream: { write: (line) => void lines.push(line) } });
    const reply = await app.inject({ url: '/fails', headers: { 'x-request-id': 'from-nginx.1' } });
    expect(reply.statusCode).toBe(500);
    expect(reply.json()).toMatchObject({ code: 'internal', request_id: 'from-nginx.1', retryable: true });
    expect(reply.body).not.toContain('secret');
    expect(lines.find((line) => line.includes('secret of'))).toContain('from-nginx.1');
  });

  it('carry the request id and headers that bind the browser', async () => {
    const reply = await (await open()).inject({ url: '/nothing', headers: { 'x-request-id': 'not safe\t' } });
    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
  });
});

describe('the log', () => {
  it('has a line per request, without token, query or body', async () => {
    const lines: string[] = [];
    const app = await open({ logLevel: 'info', logStream: { write: (line) => void lines.push(line) } });
    await app.inject({ ...json('{"name":"confidencial"}'), url: '/things?q=pergunta' });
    const answered = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answered).toMatchObject([{ method: 'POST', path: '/things', status: 200, msg: 'answered' }]);
    expect(lines.join()).not.toMatch(/ana|confidencial|pergunta/);
  });

  it('tells where a failure came from, but of what was foreseen only what is wrong', async () => {
    const lines: string[] = [];
    const app = await open({ logLevel: 'info', logStream: { write: (line) => void lines.push(line) } });
    const cause = new Error('the server cannot be reached');
    app.log.error({ error: new Error('nobody foresaw this') }, 'broken');
    app.log.warn({ error: new AppError('download_failed', { detail: told`Check the network.`, cause }) }, 'foreseen');
    const [broken, foreseen] = lines.map((line) => JSON.parse(line) as { error: object });
    expect(broken!.error).toMatchObject({ stack: expect.stringContaining('platform.test') });
    expect(foreseen!.error).toEqual({
      name: 'AppError',
      message: 'download_failed: Check the network.',
      cause: { name: 'Error', message: 'the server cannot be reached' },
    });
  });
});
