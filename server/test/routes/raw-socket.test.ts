import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import type { App } from '../../src/routes/http/route.ts';

// What no HTTP library would send.

let app: App;
let port = 0;
beforeAll(async () => {
  app = await buildApp({
    authenticate: () => Promise.reject(new Error('not asked')),
    routes: [
      (server) =>
        server.post(
          '/echo',
          { config: { access: 'public' }, schema: { body: z.strictObject({ a: z.string() }) } },
          async (request) => request.body,
        ),
    ],
    logLevel: 'silent',
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  app.server.closeAllConnections();
  await app.close();
});

/** Sends bytes and half-closes; resolves to what came back until the server hung up. */
async function exchange(bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A connection that is reset is a clean end too.
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

const post = (headers: string, body = ''): string => `POST /echo HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;
const json = 'Content-Type: application/json';
const good = post(`${json}\r\nContent-Length: 9`, '{"a":"b"}');

const malformed: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['a line break', '\r\n'],
  ['noise', Buffer.from(Array.from({ length: 256 }, (_, index) => index))],
  ['a TLS hello', Buffer.from('16030100c6010000c20303', 'hex')],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['an SSH banner', 'SSH-2.0-OpenSSH_9\r\n'],
  ['no version', 'GET /\r\n\r\n'],
  ['a version of the future', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
  ['an unknown method', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a method in small letters', 'get / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
  ['a space in the address', 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a NUL in the address', 'GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['bytes above ASCII in the address', Buffer.from('GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n', 'latin1')],
  ['an absolute address', 'GET http://169.254.169.254/latest HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['an address without a slash', 'GET health HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['the asterisk', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['an address of 20,000 characters', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
  ['a header without a colon', 'GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n'],
  ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n'],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n'],
  ['a folded header', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n'],
  ['headers of 40 KB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`],
  ['5,000 headers', `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5_000)}\r\n`],
  ['line feeds alone', 'GET / HTTP/1.1\nHost: x\n\n'],
  ['two lengths', post(`${json}\r\nContent-Length: 9\r\nContent-Length: 3`, '{"a":"b"}')],
  ['two lengths in one', post(`${json}\r\nContent-Length: 9, 3`, '{"a":"b"}')],
  ['a negative length', post(`${json}\r\nContent-Length: -1`)],
  ['a length that is no number', post(`${json}\r\nContent-Length: 9e1`, '{"a":"b"}')],
  ['a length beyond all memory', post(`${json}\r\nContent-Length: 99999999999999999999`, '{')],
  ['a length above the limit', post(`${json}\r\nContent-Length: 999999999`, '{')],
  ['a body that ends early', post(`${json}\r\nContent-Length: 100`, '{"a":')],
  ['length and chunks', post(`${json}\r\nContent-Length: 9\r\nTransfer-Encoding: chunked`, '0\r\n\r\n')],
  ['chunks and chunks', post(`${json}\r\nTransfer-Encoding: chunked, chunked`, '0\r\n\r\n')],
  ['an unknown transfer', post(`${json}\r\nTransfer-Encoding: gzip`, '0\r\n\r\n')],
  ['a hidden transfer', post(`${json}\r\nTransfer-Encoding:\x0bchunked`, '0\r\n\r\n')],
  ['a chunk size that is no number', post(`${json}\r\nTransfer-Encoding: chunked`, 'zz\r\n{}\r\n0\r\n\r\n')],
  [
    'a chunk size that overflows',
    post(`${json}\r\nTransfer-Encoding: chunked`, 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n'),
  ],
  ['a chunk longer than it says', post(`${json}\r\nTransfer-Encoding: chunked`, '1\r\n{}}}\r\n0\r\n\r\n')],
  ['chunks that end early', post(`${json}\r\nTransfer-Encoding: chunked`, '5\r\n{"a"')],
  ['a body that is packed', post(`${json}\r\nContent-Encoding: gzip\r\nContent-Length: 9`, '{"a":"b"}')],
  ['an expectation nobody meets', post(`${json}\r\nExpect: 200-ok\r\nContent-Length: 9`, '{"a":"b"}')],
  ['an upgrade', 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['a good request with a smuggled one behind', `${post(`${json}\r\nContent-Length: 2`, '{}')}XYZ / HTTP/1.1\r\n\r\n`],
];

describe('a malformed message', () => {
  it.each(malformed)('is refused or hung up on: %s', async (_what, bytes) => {
    const reply = await exchange(bytes);
    const statuses = [...reply.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
    expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);
    expect(reply).not.toMatch(/node_modules|\.[jt]s:\d+/);
  });

  it('leaves the service as it was', async () => {
    expect(await exchange(good.replace('Host: x', 'Host: x\r\nConnection: close'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is answered as a problem, like everything else', async () => {
    const [head = '', body = ''] = (await exchange('GET / HTTP/9.9\r\n\r\n')).split('\r\n\r\n');
    expect(head).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await exchange(`GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`)).toContain('431');
  });
});
