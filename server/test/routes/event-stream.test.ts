import { readEvents } from '@billumy/protocol';
import { EventEmitter, once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { told } from '../../src/errors/told.ts';
import { sendEvents, type ServerEvent } from '../../src/routes/http/event-stream.ts';

const signals = new EventEmitter();

const streams: Readonly<Record<string, () => AsyncGenerator<ServerEvent>>> = {
  async *silent() {
    yield { event: 'first', data: { text: 'uma\nlinha' }, id: '1' };
    await once(signals, 'heartbeat seen');
    yield { event: 'second', data: 2 };
  },
  async *failing() {
    yield { event: 'first', data: 1 };
    throw new AppError('engine_failed', { detail: told`It ended.` });
  },
  async *unexpected() {
    yield { event: 'first', data: 1 };
    throw new Error('a secret of the house');
  },
  // eslint-disable-next-line require-yield
  async *refused() {
    throw new AppError('forbidden');
  },
  async *empty() {},
};

const app = await buildApp({
  authenticate: () => Promise.reject(new AppError('unauthenticated')),
  routes: [
    (routes) => {
      for (const [name, events] of Object.entries(streams)) {
        routes.get(`/${name}`, { config: { access: 'public' } }, (request, reply) =>
          sendEvents(reply, { request, events: events(), heartbeatMs: 5 }),
        );
      }
    },
  ],
  logLevel: 'silent',
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
afterAll(async () => {
  await app.close();
});

async function eventsOf(path: string): Promise<unknown[]> {
  const { body } = await fetch(`${address}${path}`);
  const events: unknown[] = [];
  for await (const { event, data, id } of readEvents(body!)) events.push([event, JSON.parse(data), id]);
  return events;
}

describe('sendEvents', () => {
  it('sends events as JSON, and comments while nothing happens', async () => {
    const response = await fetch(`${address}/silent`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    let received = '';
    for await (const bytes of response.body!) {
      received += Buffer.from(bytes).toString();
      if (/^:$/m.test(received)) signals.emit('heartbeat seen');
    }
    expect(received.replaceAll(/^:\n\n/gm, '')).toBe(
      'id: 1\nevent: first\ndata: {"text":"uma\\nlinha"}\n\nevent: second\ndata: 2\n\n',
    );
  });

  it('ends with the problem when something fails half-way', async () => {
    expect(await eventsOf('/failing')).toEqual([
      ['first', 1, null],
      ['error', expect.objectContaining({ code: 'engine_failed', detail: 'It ended.', status: 502 }), null],
    ]);
  });

  it('tells nothing of what nobody foresaw', async () => {
    const [, error] = await eventsOf('/unexpected');
    expect(error).toMatchObject(['error', { code: 'internal' }, null]);
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('is an ordinary error reply when it fails at once', async () => {
    const response = await fetch(`${address}/refused`);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'forbidden' });
  });

  it('may be empty', async () => {
    expect(await eventsOf('/empty')).toEqual([]);
  });
});
