import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { type FaultProxy, openFaultProxy } from './fault-proxy.ts';

/** A server that sends back what it is sent. */
const echo = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', () => undefined);
  socket.pipe(socket);
});
let proxy: FaultProxy;

beforeEach(async () => {
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await openFaultProxy({ target: { host: '127.0.0.1', port: (echo.address() as AddressInfo).port } });
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  await new Promise((resolve) => echo.close(resolve));
});

interface Caller {
  socket: Socket;
  /** What arrived, read by read. */
  reads: Buffer[];
  failure: Promise<string>;
}

async function call(): Promise<Caller> {
  const socket = connect({ host: '127.0.0.1', port: proxy.port, noDelay: true });
  const reads: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => reads.push(bytes));
  const failure = once(socket, 'error').then(([error]) => (error as NodeJS.ErrnoException).code ?? '');
  failure.catch(() => undefined);
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), failure]);
  return { socket, reads, failure };
}

const textOf = ({ reads }: Caller) => Buffer.concat(reads).toString();

const receives = (caller: Caller, text: string) => eventually(async () => expect(textOf(caller)).toBe(text));

describe('fault proxy', () => {
  it('passes everything on, byte for byte, and the end of one direction without that of the other', async () => {
    const bytes = Buffer.alloc(3_000_000, 'abcdefg');
    const caller = await call();
    caller.socket.end(bytes);
    await once(caller.socket, 'end');
    expect(Buffer.concat(caller.reads).equals(bytes)).toBe(true);
    expect(proxy.stats).toEqual({ connections: 1, faults: 0 });
  });

  it('is down: open connections are reset and new ones refused until it is up', async () => {
    const before = await call();
    await proxy.down();
    expect(await before.failure).toBe('ECONNRESET');
    const refused = await call();
    expect(await refused.failure).toBe('ECONNREFUSED');
    await proxy.up();
    const after = await call();
    after.socket.write('again');
    await receives(after, 'again');
    expect(proxy.stats).toEqual({ connections: 2, faults: 1 });
  });

  it('cuts every open connection and lets new ones work', async () => {
    const callers = [await call(), await call()];
    for (const { socket } of callers) socket.write('x');
    for (const caller of callers) await receives(caller, 'x');
    proxy.cut();
    expect(await Promise.all(callers.map(({ failure }) => failure))).toEqual(['ECONNRESET', 'ECONNRESET']);
    const next = await call();
    next.socket.write('y');
    await receives(next, 'y');
    expect(proxy.stats.faults).toBe(2);
  });

  it('is a black hole: connections stay open and hear nothing, then what was held arrives', async () => {
    const before = await call();
    before.socket.write('one');
    await receives(before, 'one');
    proxy.blackhole(true);
    const during = await call();
    before.socket.write(' two');
    during.socket.write('three');
    await eventually(async () => expect(proxy.stats.faults).toBe(2));
    expect([before, during].map(textOf)).toEqual(['one', '']);
    proxy.blackhole(false);
    await receives(before, 'one two');
    await receives(during, 'three');
  });

  it('ends with a connection in the black hole', async () => {
    proxy.blackhole(true);
    const caller = await call();
    caller.socket.write('lost');
    await eventually(async () => expect(proxy.stats.faults).toBe(1));
    await proxy.down();
    expect(await caller.failure).toBe('ECONNRESET');
  });

  it('delays replies', async () => {
    proxy.delay(200);
    const caller = await call();
    const asked = performance.now();
    caller.socket.write('late');
    await receives(caller, 'late');
    // A timer may fire a millisecond early.
    expect(performance.now() - asked).toBeGreaterThanOrEqual(199);
    proxy.delay(0);
    caller.socket.write(' prompt');
    await receives(caller, 'late prompt');
    expect(proxy.stats.faults).toBe(1);
  });

  it('slices what it passes on into pieces', async () => {
    proxy.slice(3);
    const caller = await call();
    caller.socket.write('abcdefgh');
    await receives(caller, 'abcdefgh');
    expect(caller.reads.length).toBeGreaterThan(1);
    expect(proxy.stats.faults).toBeGreaterThan(0);
  });

  it('cuts a connection after so many bytes of its reply, which arrive', async () => {
    const caller = await call();
    caller.socket.write('before ');
    await receives(caller, 'before ');
    proxy.cutAfter(5);
    caller.socket.write('12345678');
    expect(await caller.failure).toBe('ECONNRESET');
    expect(textOf(caller)).toBe('before 12345');
    proxy.cutAfter(Infinity);
    const next = await call();
    next.socket.write('12345678');
    await receives(next, '12345678');
    expect(proxy.stats.faults).toBe(1);
  });

  it('resets a caller whose server is gone', async () => {
    await using lonely = await openFaultProxy({ target: { host: '127.0.0.1', port: await closedPort() } });
    const socket = connect(lonely.port, '127.0.0.1');
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ECONNRESET' });
  });
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
