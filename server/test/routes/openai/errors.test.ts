import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type AppErrorOptions } from '../../../src/errors/app-error.ts';
import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import { told } from '../../../src/errors/told.ts';
import { openDialectApp, type DialectApp } from '../../support/dialect-app.ts';

const chat = '/v1/chat/completions';
const hello = { model: 'nano', messages: [{ role: 'user', content: 'Olá' }] };
let thrown: AppError = new AppError('internal');
let app: DialectApp;
beforeAll(async () => {
  app = await openDialectApp({ complete: () => [thrown], embed: () => Promise.reject(thrown) });
});
afterAll(() => app[Symbol.asyncDispose]());

interface Told {
  status: number;
  message: string;
  type: string;
  param: string | null;
  code: string;
}

describe('an error under /v1', () => {
  const thrownRows: [ErrorCode, AppErrorOptions, Told][] = [
    [
      'model_unknown',
      {},
      {
        status: 404,
        message: 'No model has that name.',
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_found',
      },
    ],
    [
      'forbidden',
      { detail: told`This key may not.` },
      { status: 403, message: 'This key may not.', type: 'permission_error', param: null, code: 'forbidden' },
    ],
    [
      'quota_exceeded',
      { retryAfterSeconds: 9 },
      {
        status: 429,
        message: 'The limit of this key or account is used up for now.',
        type: 'rate_limit_error',
        param: null,
        code: 'rate_limit_exceeded',
      },
    ],
    [
      'overloaded',
      { detail: told`You would be 9th.`, retryAfterSeconds: 9 },
      { status: 503, message: 'You would be 9th.', type: 'server_error', param: null, code: 'overloaded' },
    ],
    [
      'context_too_long',
      { detail: told`Too long.` },
      {
        status: 400,
        message: 'Too long.',
        type: 'invalid_request_error',
        param: null,
        code: 'context_length_exceeded',
      },
    ],
    [
      'invalid_format',
      {},
      {
        status: 400,
        message: 'No text can satisfy the schema or grammar that was asked for.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_format',
      },
    ],
    [
      'internal',
      { detail: told`secret` },
      { status: 500, message: 'secret', type: 'server_error', param: null, code: 'internal' },
    ],
  ];
  it.each(thrownRows)('is told of %s', async (code, options, { status, ...error }) => {
    thrown = new AppError(code, options);
    for (const stream of [false, true]) {
      const reply = await app.post(chat, { ...hello, stream });
      expect(reply.statusCode).toBe(status);
      expect(reply.json()).toEqual({ error });
      expect(reply.headers['retry-after']).toBe(options.retryAfterSeconds?.toString());
    }
  });

  it('is told of a missing or wrong key', async () => {
    for (const as of [null, 'nobody']) {
      const reply = await app.post(chat, hello, { as });
      expect(reply.statusCode).toBe(401);
      expect(reply.json()).toEqual({
        error: {
          message: 'No valid token was sent.',
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
        },
      });
    }
    const reply = await app.post(chat, hello, { as: 'ingester' });
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ error: { type: 'permission_error', code: 'scope_missing' } });
  });

  it('is told of a body in another form', async () => {
    const headers = { 'content-type': 'text/plain' };
    const reply = await app.post(chat, 'hello', { headers });
    expect(reply.statusCode).toBe(415);
    expect(reply.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'unsupported_media_type' } });
  });

  it('is told of a body that is too large, and of no smaller one', async () => {
    const bodyOf = (megabytes: number): string =>
      JSON.stringify({ ...hello, user: 'x'.repeat(megabytes * 1024 * 1024) });
    const reply = await app.post(chat, bodyOf(50));
    expect(reply.statusCode).toBe(413);
    expect(reply.json()).toEqual({
      error: {
        message: 'The body is larger than 50 MB.',
        type: 'invalid_request_error',
        param: null,
        code: 'body_too_large',
      },
    });
    thrown = new AppError('model_unknown');
    expect((await app.post(chat, bodyOf(49))).statusCode).toBe(404);
  });

  it('is told of a quota that is used up', async () => {
    const admit = (): Promise<void> => Promise.reject(new AppError('quota_exceeded', { retryAfterSeconds: 61 }));
    await using limited = await openDialectApp({ admit });
    const reply = await limited.post(chat, hello);
    expect(reply.statusCode).toBe(429);
    expect(reply.headers['retry-after']).toBe('61');
    expect(reply.json()).toMatchObject({ error: { type: 'rate_limit_error' } });
  });
});
