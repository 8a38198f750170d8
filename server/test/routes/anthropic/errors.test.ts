import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import { told } from '../../../src/errors/told.ts';
import { openDialectApp, type DialectApp } from '../../support/dialect-app.ts';
import { start, type CompletionLine } from '../../support/scripted-completions.ts';

const url = '/v1/messages';
const hello = { model: 'nano', max_tokens: 100, messages: [{ role: 'user', content: 'Olá' }] };
let line: CompletionLine = [];
let app: DialectApp;
beforeAll(async () => {
  app = await openDialectApp({ complete: () => line });
});
afterAll(() => app[Symbol.asyncDispose]());

const errorOf = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: expect.any(String) as string,
});
const user = (content: unknown): object => ({ messages: [{ role: 'user', content }] });

describe('an error under /v1/messages', () => {
  it.each<[string, object, number, string, string]>([
    ['no token', { as: null }, 401, 'authentication_error', 'No valid token was sent.'],
    [
      'a wrong key',
      { as: null, headers: { 'x-api-key': 'nobody' } },
      401,
      'authentication_error',
      'No valid token was sent.',
    ],
    [
      'a token without the scope',
      { as: 'ingester' },
      403,
      'permission_error',
      'This token lacks the scope "ask": an administrator can make a key that has it.',
    ],
    [
      'another content type',
      { headers: { 'content-type': 'text/plain' } },
      415,
      'invalid_request_error',
      'This route does not take a body of that content type.',
    ],
  ])('is told of %s', async (...[, options, status, type, message]) => {
    const reply = await app.post(url, hello, options);
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toEqual(errorOf(type, message));
    expect(reply.headers['request-id']).toBe(reply.json<{ request_id: string }>().request_id);
  });

  it('is told of an address that is not there, and of a method that is not taken', async () => {
    const missing = await app.call('GET', `${url}/batches`);
    expect([missing.statusCode, missing.json()]).toEqual([
      404,
      errorOf('not_found_error', 'There is nothing at that address that you may see.'),
    ]);
    const wrong = await app.call('GET', url);
    expect([wrong.statusCode, wrong.json()]).toEqual([
      405,
      errorOf('invalid_request_error', 'This address takes POST.'),
    ]);
  });

  const codes: [ErrorCode, number, string][] = [
    ['model_unknown', 404, 'not_found_error'],
    ['forbidden', 403, 'permission_error'],
    ['quota_exceeded', 429, 'rate_limit_error'],
    ['overloaded', 503, 'overloaded_error'],
    ['context_too_long', 400, 'invalid_request_error'],
    ['engine_failed', 502, 'api_error'],
    ['timeout', 504, 'timeout_error'],
    ['internal', 500, 'api_error'],
  ];
  it.each(codes)('is told of %s', async (code, status, type) => {
    line = [new AppError(code, { detail: told`So it is.`, retryAfterSeconds: 7 })];
    for (const stream of [false, true]) {
      const reply = await app.post(url, { ...hello, stream });
      expect([reply.statusCode, reply.json()]).toEqual([status, errorOf(type, 'So it is.')]);
      expect(reply.headers['retry-after']).toBe('7');
    }
  });

  it('ends a stream that fails half-way', async () => {
    line = [start, { type: 'text-delta', delta: 'O' }, new AppError('overloaded')];
    const reply = await app.post(url, { ...hello, stream: true });
    const id = String(reply.headers['request-id']);
    expect(reply.body.split('\n\n').at(-2)).toBe(
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"All places in the queue are taken; wait and try again."},"request_id":"' +
        `${id}"}`,
    );
    expect(reply.body).not.toContain('message_stop');
  });

  it.each([
    [{ max_tokens: undefined }, 'max_tokens'],
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ messages: [] }, 'messages: at least one message is required'],
    [{ messages: [{ role: 'system', content: 'x' }] }, 'messages[0].role'],
    [user(5), 'messages[0].content'],
    [user([{ type: 'document' }]), 'messages[0].content'],
    [user([{ type: 'image', source: { type: 'base64', data: 'no base64' } }]), 'invalid image input'],
    [user([{ type: 'image', source: { type: 'url', url: 'http://a' } }]), 'image URLs are not currently supported'],
    [user([{ type: 'tool_result', tool_use_id: 'x' }]), 'unexpected tool_use_id found in tool_result blocks: x'],
    [{ temperature: 1.5 }, 'temperature'],
    [{ system: 5 }, 'system'],
    [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools[0].type'],
    [{ tools: [{ name: 'a' }] }, 'tools[0].input_schema'],
    [{ tool_choice: { type: 'any' } }, 'tool_choice'],
  ])('is told of the wrong request %j', async (body, message) => {
    for (const path of 'max_tokens' in body || 'temperature' in body ? [url] : [url, `${url}/count_tokens`]) {
      const reply = await app.post(path, { ...hello, ...body });
      expect(reply.statusCode).toBe(400);
      expect(reply.json()).toEqual(errorOf('invalid_request_error', expect.stringContaining(message) as string));
    }
  });
});

describe('a key', () => {
  it('may come as Anthropic’s clients send it', async () => {
    line = [new AppError('model_unknown')];
    const reply = await app.post(url, hello, { as: null, headers: { 'x-api-key': 'ana' } });
    expect(reply.statusCode).toBe(404);
  });
});
