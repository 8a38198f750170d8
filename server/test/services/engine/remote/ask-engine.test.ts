import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Agent } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askEngine } from '../../../../src/services/engine/remote/wire/ask-engine.ts';
import { eventually } from '../../../support/eventually.ts';

const dispatcher = new Agent({ connections: null, pipelining: 1, keepAliveTimeout: 4000 });
const servers: Server[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function open(answer: RequestListener) {
  const server = createServer(answer);
  servers.push(server);
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (signal = new AbortController().signal) =>
    askEngine(dispatcher, { request: { origin, path: '/', method: 'POST', body: '{}' }, signal });
  return { ask, sockets };
}

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('a reply of an engine', () => {
  it('comes whole, with its status and headers', async () => {
    const { ask } = await open((_request, response) => response.writeHead(201, { 'x-kind': 'short' }).end('São Paulo'));
    const { status, headers, body } = await ask();
    expect({ status, kind: headers['x-kind'], text: await read(body) }).toEqual({
      status: 201,
      kind: 'short',
      text: 'São Paulo',
    });
  });

  it('waits at its sender while nobody reads it', async () => {
    const [chunk, chunks] = [Buffer.alloc(1024 * 1024, 'a'), 32];
    const written: number[] = [];
    const { ask } = await open((_request, response) => {
      const reply = written.push(0) - 1;
      const write = (): void => {
        while (written[reply]! < chunks) {
          written[reply]! += 1;
          if (!response.write(chunk)) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    });
    const unread = await ask();
    const other = await ask();
    expect((await read(other.body)).length).toBe(chunks * chunk.length);
    expect(written[0]).toBeLessThan(chunks);
    expect((await read(unread.body)).length).toBe(chunks * chunk.length);
  });

  it('gives what came before it was cut, then the failure', async () => {
    const { ask, sockets } = await open((_request, response) => void response.write('half'));
    const iterator = (await ask()).body[Symbol.asyncIterator]();
    expect(String((await iterator.next()).value)).toBe('half');
    sockets[0]?.destroy();
    await expect(iterator.next()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });

  it('ends with the reason of its signal', async () => {
    const leaving = new AbortController();
    const { ask, sockets } = await open((_request, response) => void response.write('half'));
    const { body } = await ask(leaving.signal);
    leaving.abort(new Error('the client left'));
    await expect(read(body)).rejects.toThrow('the client left');
    await eventually(() => expect(sockets[0]?.destroyed).toBe(true));
  });

  it('is not waited for after its signal aborts before its head comes', async () => {
    const leaving = new AbortController();
    const { ask, sockets } = await open(() => leaving.abort(new Error('the client left')));
    await expect(ask(leaving.signal)).rejects.toThrow('the client left');
    await eventually(() => expect(sockets[0]?.destroyed).toBe(true));
  });

  it('leaves its connection to the next one when it ends soon after its reader left', async () => {
    let end = (): void => undefined;
    const { ask, sockets } = await open((_request, response) => {
      response.write('enough');
      end = () => void response.end('and more');
    });
    const { body } = await ask();
    // The time that it may take to end does not pass, however busy the machine is.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    body.leave();
    end();
    expect(await read(body)).toBe('');
    // Undici gives the connection back in the next turn.
    await setImmediate();
    (await ask()).body.discard();
    expect(sockets).toHaveLength(1);
  });

  it('has its connection closed when it goes on after its reader left', async () => {
    const { ask, sockets } = await open((_request, response) => void response.write('enough'));
    (await ask()).body.leave();
    await eventually(() => expect(sockets[0]?.destroyed).toBe(true));
  });
});
