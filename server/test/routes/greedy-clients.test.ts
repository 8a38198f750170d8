import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openWiredService, type WiredService } from '../support/wired-service.ts';

// Clients that take everything and give nothing back, over real sockets, at the whole service.

let service: WiredService;
let key = '';

beforeAll(async () => {
  service = await openWiredService();
  key = await service.makeKey();
});
afterAll(() => service[Symbol.asyncDispose]());

const prompt = 'Conte uma história longa. ';
/** As long as the model lets it be. */
const endless = { options: { num_predict: -1 }, keep_alive: '5m' };
const requests: readonly (readonly [string, object])[] = [
  ['/api/generate', { model: 'nano', prompt, ...endless }],
  ['/api/chat', { model: 'nano', messages: [{ role: 'user', content: prompt }], ...endless }],
  ['/v1/chat/completions', { model: 'nano', messages: [{ role: 'user', content: prompt }], stream: true }],
  ['/v1/responses', { model: 'nano', input: prompt, stream: true }],
  ['/v1/messages', { model: 'nano', messages: [{ role: 'user', content: prompt }], max_tokens: 4096, stream: true }],
  ['/api/generate', { model: 'nano', prompt, stream: false, ...endless }],
];

/** Sends a request and reads nothing of what comes. */
function sendOnly(index: number): Socket {
  const [path, body] = requests[index % requests.length]!;
  const json = JSON.stringify(body);
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1').on('error', () => undefined);
  socket
    .pause()
    .write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
    );
  return socket;
}

interface QueueReply {
  models: { busy: number; waiting: { interactive: number; batch: number } }[];
}

async function assertIdle(): Promise<void> {
  await eventually(async () => {
    const { models } = (await service.call(key, '/queue')).json() as unknown as QueueReply;
    expect(models.length).toBeGreaterThan(0);
    for (const { busy, waiting } of models) expect([busy, waiting]).toEqual([0, { interactive: 0, batch: 0 }]);
    expect(service.inFlight.count).toBe(0);
  });
  const reply = await service.call(key, '/api/generate', {
    body: { model: 'nano', prompt: 'Oi', stream: false, options: { num_predict: 4 } },
  });
  expect(reply.json()).toMatchObject({ done: true });
}

describe('a client that reads nothing', () => {
  it('leaves nothing behind when it leaves 200 streams', async () => {
    const sockets = Array.from({ length: 200 }, (_, index) => sendOnly(index));
    await eventually(async () => expect(service.inFlight.count).toBeGreaterThan(50));
    for (const socket of sockets) socket.destroy();
    await assertIdle();
  });

  it('leaves nothing behind when it leaves 500 calls, some before they were whole, some while they waited', async () => {
    const sockets: Socket[] = [];
    for (let wave = 0; wave < 10; wave++) {
      const opened = Array.from({ length: 50 }, (_, index) => sendOnly(index));
      for (const socket of opened.slice(0, 10)) socket.destroy();
      await eventually(async () => expect(service.inFlight.count).toBeGreaterThan(0));
      for (const socket of opened.slice(10, 30)) socket.destroy();
      sockets.push(...opened);
    }
    for (const socket of sockets) socket.destroy();
    await assertIdle();
  });

  it('does not keep others out', async () => {
    const other = await service.makeKey({}, await service.makeUser('ana'));
    const sockets = Array.from({ length: 200 }, (_, index) => sendOnly(index));
    await eventually(async () => expect(service.inFlight.count).toBeGreaterThan(50));
    const reply = await service.call(other, '/api/generate', {
      body: { model: 'nano', prompt: 'Oi', stream: false, options: { num_predict: 4 } },
    });
    expect(reply.json()).toMatchObject({ done: true });
    for (const socket of sockets) socket.destroy();
    await assertIdle();
  });
});
