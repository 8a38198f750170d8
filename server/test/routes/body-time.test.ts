import Fastify from 'fastify';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import { boundBodyTime, type BodyTimeOptions } from '../../src/routes/http/body-time.ts';
import type { App } from '../../src/routes/http/route.ts';

afterEach(() => void vi.useRealTimers());

async function open(times: BodyTimeOptions) {
  const app = Fastify() as unknown as App;
  boundBodyTime(app, times);
  app.addContentTypeParser('*', async (_request: unknown, payload: IncomingMessage) => text(payload));
  app.post('/usual', async (request) => `took ${String(request.body)}`);
  app.post('/long', { config: { takesLong: true } }, async (request) => `took ${String(request.body)}`);
  app.post('/login', { config: { access: 'public' } }, async (request) => `took ${String(request.body)}`);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;

  /** Sends the beginning of a body; `reply` is what comes in the end. */
  function begin(path: string) {
    const sending = httpRequest({ port, host: '127.0.0.1', method: 'POST', path });
    const reply = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      sending.on('error', reject);
      sending.on('response', (response) => {
        text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
      });
    });
    sending.write('a');
    return { sending, reply };
  }
  return { begin, [Symbol.asyncDispose]: () => app.close() };
}

it('hangs up on who does not send a body to its end, but for routes that take long', async () => {
  await using app = await open({ wholeMs: 100, stalledMs: 60_000 });
  const long = app.begin('/long');
  const { reply } = app.begin('/usual');
  expect(await reply).toMatchObject({ status: 408, body: expect.stringContaining('request_timeout') });
  long.sending.end('b');
  expect(await long.reply).toEqual({ status: 200, body: 'took ab' });
});

it('hangs up on who sends nothing any more', async () => {
  await using app = await open({ wholeMs: 60_000, stalledMs: 100 });
  expect(await app.begin('/long').reply).toMatchObject({ status: 408 });
  const { sending, reply } = app.begin('/usual');
  sending.end('b');
  expect(await reply).toEqual({ status: 200, body: 'took ab' });
});

it('hangs up sooner on who has not said who it is', async () => {
  await using app = await open({ wholeMs: 60_000, publicMs: 100 });
  const usual = app.begin('/usual');
  expect(await app.begin('/login').reply).toMatchObject({ status: 408 });
  usual.sending.end('b');
  expect(await usual.reply).toEqual({ status: 200, body: 'took ab' });
});

it('hangs up on nobody when the request came without a connection', async () => {
  await using app = Fastify() as unknown as App;
  boundBodyTime(app);
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  expect((await app.inject({ method: 'POST', url: '/nowhere', payload: 'a' })).statusCode).toBe(404);
  await expect(vi.advanceTimersByTimeAsync(600_000)).resolves.toBe(vi);
});
