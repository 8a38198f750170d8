import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections accepted, and faults that hit one: a reset, or bytes that were held, delayed or cut into pieces. */
  readonly stats: Readonly<{ connections: number; faults: number }>;
  /** Resets every connection and refuses new ones, as if the server did not run. */
  down(): Promise<void>;
  /** Listens again, at the same port. */
  up(): Promise<void>;
  /** Resets every connection; new ones work. */
  cut(): void;
  /** Accepts connections and passes nothing on in either direction; switched off, what was held arrives. */
  blackhole(on: boolean): void;
  /** Every read of a reply is passed on this much later; 0 ends it. */
  delay(milliseconds: number): void;
  /** Writes in pieces of this many bytes, in both directions; Infinity ends it. */
  slice(bytes: number): void;
  /** Resets each connection after this many more bytes of reply; Infinity ends it. */
  cutAfter(bytes: number): void;
}

interface Link {
  client: Socket;
  upstream: Socket;
  replied: number;
}

interface State {
  stats: { connections: number; faults: number };
  links: Set<Link>;
  delayMs: number;
  pieceBytes: number;
  replyBytes: number;
  /** Settles when the black hole is gone. */
  held: Promise<void> | undefined;
}

/** A proxy on loopback between an adapter and its server, with the faults of a network. */
export async function openFaultProxy({ target }: { target: { host: string; port: number } }): Promise<FaultProxy> {
  const state: State = {
    stats: { connections: 0, faults: 0 },
    links: new Set(),
    delayMs: 0,
    pieceBytes: Infinity,
    replyBytes: Infinity,
    held: undefined,
  };
  let release: (() => void) | undefined;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
    join(client, connect({ ...target, allowHalfOpen: true, noDelay: true }), state),
  );
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = () => state.links.forEach((link) => injectReset(link, state));
  const down = async () => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    cut();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stats: state.stats,
    down,
    up: () => listen(port),
    cut,
    blackhole(on) {
      release?.();
      state.held = on ? new Promise((resolve) => (release = resolve)) : undefined;
    },
    delay: (milliseconds) => void (state.delayMs = milliseconds),
    slice: (bytes) => void (state.pieceBytes = bytes),
    cutAfter(bytes) {
      for (const link of state.links) link.replied = 0;
      state.replyBytes = bytes;
    },
    async [Symbol.asyncDispose]() {
      await down();
      release?.();
    },
  };
}

function join(client: Socket, upstream: Socket, state: State): void {
  const link = { client, upstream, replied: 0 };
  state.stats.connections += 1;
  state.links.add(link);
  // An error also ends the iterator of its socket, which is where it is dealt with.
  for (const socket of [client, upstream]) socket.on('error', () => undefined);
  const directions = [pass(link, false, state), pass(link, true, state)];
  void Promise.all(directions).then(() => state.links.delete(link));
}

async function pass(link: Link, isReply: boolean, state: State): Promise<void> {
  const [from, to] = isReply ? [link.upstream, link.client] : [link.client, link.upstream];
  try {
    // A connection that is half closed goes on in the other direction.
    for await (const bytes of from.iterator({ destroyOnReturn: false })) {
      if (state.held !== undefined) state.stats.faults += 1;
      await state.held;
      if (isReply) await deliverReply(bytes as Buffer, link, state);
      else await write(to, bytes as Buffer, state);
    }
    await state.held;
    to.end();
  } catch {
    reset(link, state);
  }
}

async function deliverReply(bytes: Buffer, link: Link, state: State): Promise<void> {
  if (state.delayMs > 0) {
    state.stats.faults += 1;
    await pause(state.delayMs);
  }
  const kept = bytes.subarray(0, state.replyBytes - link.replied);
  link.replied += kept.length;
  await write(link.client, kept, state);
  if (link.replied < state.replyBytes) return;
  // Node reports a reset that comes together with bytes as an ordinary end: a reader in this process, too, has its turn.
  await pause(1);
  await nextTurn();
  injectReset(link, state);
}

async function write(to: Socket, bytes: Buffer, state: State): Promise<void> {
  const { pieceBytes } = state;
  if (bytes.length > pieceBytes) state.stats.faults += 1;
  for (let rest = bytes; rest.length > 0; rest = rest.subarray(pieceBytes)) {
    await new Promise<void>((resolve, reject) => {
      to.write(rest.subarray(0, pieceBytes), (error) => (error ? reject(error) : resolve()));
    });
    // So that the reader has this piece before the next is sent.
    if (rest.length > pieceBytes) await nextTurn();
  }
}

function injectReset(link: Link, state: State): void {
  if (reset(link, state)) state.stats.faults += 1;
}

/** Both sides see a reset; false when the connection had ended. */
function reset(link: Link, state: State): boolean {
  if (!state.links.delete(link)) return false;
  link.client.resetAndDestroy();
  link.upstream.resetAndDestroy();
  return true;
}
