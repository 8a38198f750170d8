import Fastify from 'fastify';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { boundReplyTime } from '../../src/routes/http/reply-time.ts';
import type { App } from '../../src/routes/http/route.ts';
import { eventually } from '../support/eventually.ts';

/** `/endless` writes for ever, `/late` says nothing for longer than anybody may be silent. */
async function open(stalledMs: number) {
  let begun = 0;
  let writing = 0;
  const app = Fastify() as unknown as App;
  boundReplyTime(app, { stalledMs });
  app.get('/endless', async (_request, reply) => {
    const endless = async function* (): AsyncGenerator<string> {
      begun += 1;
      writing += 1;
      try {
        for (;;) yield 'x'.repeat(64 * 1024);
      } finally {
        writing -= 1;
      }
    };
    return reply.send(Readable.from(endless(), { objectMode: false }));
  });
  app.get('/late', async () => {
    await new Promise((resolve) => setTimeout(resolve, stalledMs * 3));
    return 'late';
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: (app.server.address() as AddressInfo).port,
    counts: () => ({ begun, writing }),
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

it('hangs up on who reads nothing, and lets go of what was written for them', async () => {
  await using app = await open(200);
  const sockets = Array.from({ length: 20 }, () => {
    const socket = connect(app.port, '127.0.0.1').on('error', () => undefined);
    socket.pause().write('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n');
    return socket;
  });
  await eventually(async () => expect(app.counts()).toEqual({ begun: 20, writing: 0 }));
  for (const socket of sockets) socket.destroy();
});

it('goes on for who reads, however long, and for who waits for us', async () => {
  await using app = await open(1_000);
  const late = connect(app.port, '127.0.0.1');
  late.write('GET /late HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const reader = connect(app.port, '127.0.0.1');
  reader.write('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n');
  let received = 0;
  reader.on('data', (chunk: Buffer) => (received += chunk.length));
  expect(await text(late)).toMatch(/\r\n\r\nlate$/);
  const before = received;
  await eventually(async () => expect(received).toBeGreaterThan(before + 1_000_000));
  expect(app.counts()).toEqual({ begun: 1, writing: 1 });
  reader.destroy();
  await eventually(async () => expect(app.counts()).toEqual({ begun: 1, writing: 0 }));
});

it('holds for every route of the service', async () => {
  const app = await buildApp({
    authenticate: () => Promise.reject(new Error('not asked')),
    routes: [(server) => server.get('/t', { config: { access: 'public' } }, async ({ raw }) => raw.socket.timeout)],
    logLevel: 'silent',
  });
  try {
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    expect(await (await fetch(`${url}/t`)).text()).toBe('60000');
  } finally {
    app.server.closeAllConnections();
    await app.close();
  }
});
