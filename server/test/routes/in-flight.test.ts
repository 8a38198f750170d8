import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { buildApp, type AppOptions } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { sendEvents, type ServerEvent } from '../../src/routes/http/event-stream.ts';
import { createInFlight, signalOf } from '../../src/routes/http/in-flight.ts';
import type { App } from '../../src/routes/http/route.ts';
import { ana } from '../support/principals.ts';

let app: App;
async function open(options: Partial<AppOptions> = {}): Promise<App> {
  const authenticate = (): Promise<never> => Promise.reject(new AppError('unauthenticated'));
  app = await buildApp({ authenticate, routes: [waiting], logLevel: 'silent', ...options });
  return app;
}
afterEach(() => app.close());

function waiting(server: App): void {
  server.get('/wait', { config: { access: 'public' } }, async (request) => {
    const signal = signalOf(request);
    arrivals.shift()?.(signal);
    await once(signal, 'abort');
    throw signal.reason;
  });
  server.get('/stream', { config: { access: 'public' } }, async (request, reply) =>
    sendEvents(reply, { request, events: endless(signalOf(request)) }),
  );
  server.get('/probe', { config: { access: 'public', alwaysAnswers: true } }, async () => ({}));
}
async function* endless(signal: AbortSignal): AsyncGenerator<ServerEvent> {
  yield { event: 'begun', data: {} };
  arrivals.shift()?.(signal);
  await once(signal, 'abort');
  throw signal.reason;
}

let arrivals: ((signal: AbortSignal) => void)[] = [];
const nextArrival = (): Promise<AbortSignal> => new Promise((resolve) => arrivals.push(resolve));

describe('requests in flight', () => {
  it('are bounded: the one too many gets 503 with Retry-After, a probe its answer', async () => {
    const inFlight = createInFlight({ limit: 1 });
    app = await open({ inFlight });
    const arrived = nextArrival();
    const first = app.inject('/wait');
    await arrived;
    const second = await app.inject('/wait');
    expect(second.statusCode).toBe(503);
    expect(second.headers['retry-after']).toBe('1');
    expect(second.json()).toMatchObject({ code: 'overloaded' });
    expect((await app.inject('/probe')).statusCode).toBe(200);
    await inFlight.drain(0);
    expect((await first).json()).toMatchObject({ code: 'shutting_down' });
    expect(inFlight.count).toBe(0);
  });

  it('are not kept out by bodies that never end, of senders nobody knows', async () => {
    const routes = [
      waiting,
      (server: App): void => void server.post('/sign-in', { config: { access: 'public' } }, async () => ({})),
      (server: App): void => void server.get('/mine', { config: { access: 'signed-in' } }, async () => ({})),
    ];
    app = await open({ routes, authenticate: async () => ana, inFlight: createInFlight({ limit: 1 }) });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
    await expect.poll(async () => (await app.inject({ method: 'POST', url: '/sign-in' })).statusCode).toBe(503);
    expect((await app.inject('/mine')).statusCode).toBe(200);
    const replied = once(socket, 'data');
    socket.write('"a":"b"}');
    expect(String((await replied)[0])).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });

  it('are refused while the service stops', async () => {
    const inFlight = createInFlight();
    app = await open({ inFlight });
    await inFlight.drain(0);
    const reply = await app.inject('/wait');
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({ code: 'shutting_down' });
    expect(reply.headers.connection).toBe('close');
    expect((await app.inject('/probe')).statusCode).toBe(200);
  });

  it('get a moment to finish when the service stops', async () => {
    const inFlight = createInFlight();
    const finishing = (server: App): void =>
      void server.get('/slow', { config: { access: 'public' } }, async () => {
        arrivals.shift()?.(new AbortController().signal);
        await expect.poll(() => inFlight.draining).toBe(true);
        return { finished: true };
      });
    app = await open({ routes: [finishing], inFlight });
    const arrived = nextArrival();
    const reply = app.inject('/slow');
    await arrived;
    await inFlight.drain(10_000);
    expect((await reply).json()).toEqual({ finished: true });
  });

  it('end a stream of events with a last one that says why', async () => {
    const inFlight = createInFlight();
    app = await open({ inFlight });
    const arrived = nextArrival();
    const reply = app.inject('/stream');
    await arrived;
    await inFlight.drain(0);
    const events = (await reply).body.split('\n\n').filter((event) => event !== '');
    expect(events[0]).toBe('event: begun\ndata: {}');
    expect(events.at(-1)).toMatch(/^event: error\ndata: .*"code":"shutting_down"/);
  });

  it('do not go on for who only asks for the head of a stream', async () => {
    const inFlight = createInFlight();
    let hasEnded = false;
    async function* events(signal: AbortSignal): AsyncGenerator<ServerEvent> {
      try {
        yield { event: 'begun', data: {} };
        while (!signal.aborted) await setTimeout(5);
      } finally {
        hasEnded = true;
      }
    }
    const unending = (server: App): void =>
      void server.get('/events', { config: { access: 'public' } }, async (request, reply) =>
        sendEvents(reply, { request, events: events(signalOf(request)) }),
      );
    app = await open({ routes: [unending], inFlight });
    expect(await app.inject({ method: 'HEAD', url: '/events' })).toMatchObject({ statusCode: 200, body: '' });
    await expect.poll(() => hasEnded).toBe(true);
    expect(inFlight.count).toBe(0);
  });

  it('are aborted when the client leaves, which is no failure', async () => {
    const lines: string[] = [];
    app = await open({ logLevel: 'info', logStream: { write: (line) => void lines.push(line) } });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const arrived = nextArrival();
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const signal = await arrived;
    const aborted = once(signal, 'abort');
    socket.destroy();
    await aborted;
    expect(signal.reason).toMatchObject({ name: 'AbortError' });
    await expect.poll(() => lines.join()).toContain('the client left');
    expect(lines.join()).not.toContain('request failed');
  });
});
