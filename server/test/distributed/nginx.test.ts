import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { errorCatalogue, type ErrorCode } from '../../src/errors/catalogue.ts';
import { echo, nginxIsMissing, openFront, problemOf, validToken } from '../support/nginx-front.ts';

const json = 'application/json';
const authorized = { authorization: validToken };

/** Dies in the middle of a request. */
const die: RequestListener = ({ socket }) => void socket.destroy();

describe.skipIf(nginxIsMissing)('nginx in front of two replicas (install nginx to run it)', () => {
  describe('streams', () => {
    it.each(['/ask/question', '/api/generate', '/v1/chat/completions', '/training/jobs/job_1/events'])(
      'passes on the first piece of %s before the last is sent',
      async (path) => {
        let finish: () => void = () => undefined;
        const stream: RequestListener = (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
          finish = () => void response.end('data: 2\n\n');
        };
        await using front = await openFront([stream, stream]);
        const headers = { ...authorized, 'accept-encoding': 'gzip' };
        const reply = await fetch(front.url + path, { method: 'POST', headers, body: '{}' });
        const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
        expect((await reader.read()).value).toBe('data: 1\n\n');
        finish();
        expect((await reader.read()).value).toBe('data: 2\n\n');
        expect(reply.headers.get('content-encoding')).toBeNull();
      },
    );

    it('tells the service within a second that the client has left', async () => {
      let left: Promise<unknown> | undefined;
      const stream: RequestListener = (_request, response) => {
        left = once(response, 'close').then(() => performance.now());
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
      };
      await using front = await openFront([stream, stream]);
      const leaving = new AbortController();
      const reply = await fetch(`${front.url}/ask/question`, { method: 'POST', body: '{}', signal: leaving.signal });
      await reply.body!.getReader().read();
      const leftAt = performance.now();
      leaving.abort();
      expect(((await left) as number) - leftAt).toBeLessThan(1000);
    });
  });

  describe('replicas', () => {
    it('share the requests', async () => {
      await using front = await openFront([echo, echo]);
      for (let round = 0; round < 8; round += 1) await fetch(`${front.url}/usage`);
      expect(front.replicas.map(({ requests }) => requests.length > 0)).toEqual([true, true]);
    });

    it('stand in for one that dies, for a request that may be repeated', async () => {
      await using front = await openFront([die, echo]);
      for (let round = 0; round < 8; round += 1) expect((await fetch(`${front.url}/usage`)).status).toBe(200);
      expect(front.replicas[0]!.requests.length).toBeGreaterThan(0);
    });

    it.each(['/ask/question', '/documents'])('never get a POST to %s that another one had', async (path) => {
      await using front = await openFront([die, die]);
      const reply = await fetch(front.url + path, { method: 'POST', headers: authorized, body: '{}' });
      expect(await problemOf(reply)).toMatchObject({ code: 'part_unavailable', retryable: true });
      expect(reply.headers.get('retry-after')).toBe('2');
      expect(front.replicas.flatMap(({ requests }) => requests)).toHaveLength(1);
    });

    it('get what one that is not there cannot take, be it a POST', async () => {
      await using front = await openFront([echo, echo]);
      await front.replicas[0]![Symbol.asyncDispose]();
      for (let round = 0; round < 8; round += 1) {
        const reply = await fetch(`${front.url}/ask/question`, { method: 'POST', body: `{"round":${round}}` });
        expect(reply.status).toBe(200);
      }
      expect(front.replicas[1]!.requests).toHaveLength(8);
    });

    it('keep their own errors, and are not avoided for them', async () => {
      const refuse: RequestListener = (_request, response) => {
        response.writeHead(503, { 'retry-after': '7', 'content-type': json }).end('{"code":"model_unavailable"}');
      };
      await using front = await openFront([refuse, refuse]);
      for (let round = 0; round < 4; round += 1) {
        const reply = await fetch(`${front.url}/usage`);
        expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '7']);
        expect(await reply.json()).toEqual({ code: 'model_unavailable' });
      }
    });
  });

  describe('headers', () => {
    it('that a client forges are replaced or taken out', async () => {
      await using front = await openFront([echo, echo]);
      const names = ['x-forwarded-user', 'x-user', 'x-user-id', 'x-user-groups', 'x-original-uri', 'forwarded', 'via'];
      const forged = [
        ...names,
        'x-forwarded-for',
        'x-real-ip',
        'x-forwarded-host',
        'x-forwarded-proto',
        'x-forwarded-port',
      ];
      const reply = await fetch(`${front.url}/usage`, {
        headers: { ...Object.fromEntries(forged.map((name) => [name, '10.9.8.7'])), 'x-request-id': 'from the client' },
      });
      const received = (await reply.json()) as Record<string, string>;
      expect(Object.values(received)).not.toContain('10.9.8.7');
      expect(names.filter((name) => name in received)).toEqual([]);
      expect(received).toMatchObject({
        host: `127.0.0.1:${front.port}`,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-real-ip': '127.0.0.1',
        'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      });
      expect(reply.headers.get('server')).toBe('nginx');
    });

    it('keep the harmless request id of a caller', async () => {
      await using front = await openFront([echo]);
      const reply = await fetch(`${front.url}/usage`, { headers: { 'x-request-id': 'order-17' } });
      expect(await reply.json()).toMatchObject({ 'x-request-id': 'order-17' });
    });
  });

  describe('limits', () => {
    it('refuses a body over the limit of the service, and takes one at it', async () => {
      await using front = await openFront([echo]);
      const send = (bytes: number) =>
        fetch(`${front.url}/ask/question`, { method: 'POST', body: new Uint8Array(bytes) });
      expect((await send(256 * 1024)).status).toBe(200);
      expect((await problemOf(await send(256 * 1024 + 1))).code).toBe('body_too_large');
    });

    it('tells who asks too fast when to come back', async () => {
      await using front = await openFront([echo]);
      const replies = await Promise.all(
        Array.from({ length: 40 }, () => fetch(`${front.url}/auth/login`, { method: 'POST', body: '{}' })),
      );
      const limited = replies.filter(({ status }) => status === 429);
      expect(limited.length).toBeGreaterThan(10);
      expect(limited[0]!.headers.get('retry-after')).toBe('1');
      expect((await problemOf(limited[0]!)).code).toBe('quota_exceeded');
      expect(front.replicas[0]!.requests.length).toBe(40 - limited.length);
    });

    it('hangs up on who dawdles with the headers', { timeout: 30_000 }, async () => {
      await using front = await openFront([echo]);
      const socket = connect(front.port, '127.0.0.1');
      socket.write('GET /usage HTTP/1.1\r\nHost: a');
      const started = performance.now();
      await once(socket.resume(), 'close');
      expect(performance.now() - started).toBeLessThan(12_000);
      expect(front.replicas[0]!.requests).toEqual([]);
    });
  });
});

it('nginx refuses in the words of the catalogue of errors', () => {
  const refusals = readFileSync(new URL('../../../deploy/nginx/refusals.conf', import.meta.url), 'utf8');
  const [, titles = ''] = /\$refusal_title \{([^}]*)\}/.exec(refusals) ?? [];
  const said = [...titles.matchAll(/(\w+) "(.*)";/g)].map(([, code = '', title = '']) => [
    code === 'default' ? 'invalid_request' : code,
    title,
  ]);
  expect(said.length).toBeGreaterThan(9);
  expect(said).toEqual(said.map(([code]) => [code, errorCatalogue[code as ErrorCode].meaning]));
});
