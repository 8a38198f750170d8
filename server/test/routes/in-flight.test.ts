import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { buildApp, type AppOptions } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { createInFlight, signalOf } from '../../src/routes/in-flight.ts';
import type { App } from '../../src/routes/route.ts';

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
  server.get('/probe', { config: { access: 'public', alwaysAnswers: true } }, async () => ({}));
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

  it('are aborted when the client leaves', async () => {
    app = await open();
    await app.listen({ port: 0, host: '127.0.0.1' });
    const arrived = nextArrival();
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const signal = await arrived;
    const aborted = once(signal, 'abort');
    socket.destroy();
    await aborted;
    expect(signal.reason).toMatchObject({ name: 'AbortError' });
  });
});
