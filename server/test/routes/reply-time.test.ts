import Fastify from 'fastify';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { boundReplyTime } from '../../src/routes/reply-time.ts';
import type { App } from '../../src/routes/route.ts';
import { eventually } from '../support/eventually.ts';

const stalledMs = 200;

/** `/endless` writes for ever, `/late` says nothing for longer than anybody may be silent. */
async function open() {
  let writing = 0;
  const app = Fastify() as unknown as App;
  boundReplyTime(app, { stalledMs });
  app.get('/endless', async (_request, reply) => {
    const endless = async function* (): AsyncGenerator<string> {
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
    await new Promise((resolve) => setTimeout(resolve, stalledMs * 4));
    return 'late';
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: (app.server.address() as AddressInfo).port,
    writing: () => writing,
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

it('hangs up on who reads nothing, and lets go of what was written for them', async () => {
  await using app = await open();
  const sockets = Array.from({ length: 20 }, () => {
    const socket = connect(app.port, '127.0.0.1').on('error', () => undefined);
    socket.pause().write('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n');
    return socket;
  });
  await eventually(async () => expect(app.writing()).toBe(20));
  await eventually(async () => expect(app.writing()).toBe(0));
  for (const socket of sockets) socket.destroy();
});

it('goes on for who reads, however long, and for who waits for us', async () => {
  await using app = await open();
  const late = connect(app.port, '127.0.0.1');
  late.write('GET /late HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const reader = connect(app.port, '127.0.0.1');
  reader.write('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n');
  let received = 0;
  reader.on('data', (chunk: Buffer) => (received += chunk.length));
  expect(await text(late)).toMatch(/\r\n\r\nlate$/);
  const before = received;
  await eventually(async () => expect(received).toBeGreaterThan(before + 1_000_000));
  expect(app.writing()).toBe(1);
  reader.destroy();
  await eventually(async () => expect(app.writing()).toBe(0));
});
