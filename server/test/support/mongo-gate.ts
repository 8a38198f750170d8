import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { mongoUrl } from './mongo-backend.ts';

export interface MongoGate extends AsyncDisposable {
  /** Of the MongoDB behind it. */
  readonly url: string;
  /** The commands that came since it was armed, in order. */
  readonly commands: readonly string[];
  /**
   * Lets so many commands through. MongoDB carries out the last of them, but the reply does not come back: then this
   * calls back, and the gate is closed for ever.
   */
  arm(options: { commands: number; closing(): void }): void;
}

interface State {
  sockets: Set<Socket>;
  commands: string[];
  armed: Parameters<MongoGate['arm']>[0] | undefined;
  /** The connection whose next reply closes the gate. */
  last: Socket | undefined;
  closed: boolean;
}

/** What drivers say to look after their connections. */
const housekeeping: ReadonlySet<string> = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions']);

/** Stands between a client and MongoDB, and can end at any command as a crash or a network does. */
export async function openMongoGate(): Promise<MongoGate> {
  const url = new URL(mongoUrl);
  const target = { host: url.hostname, port: Number(url.port || 27_017) };
  const state: State = { sockets: new Set(), commands: [], armed: undefined, last: undefined, closed: false };
  const server = createServer((client) => join(client, connect(target), state));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  url.searchParams.set('directConnection', 'true');
  return {
    url: url.href,
    commands: state.commands,
    arm: (options) => void (state.armed = options),
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'close');
      server.close();
      for (const socket of state.sockets) socket.destroy();
      await ended;
    },
  };
}

function join(client: Socket, upstream: Socket, state: State): void {
  for (const socket of [client, upstream]) {
    state.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      state.sockets.delete(socket);
      client.destroy();
      upstream.destroy();
    });
  }
  if (state.closed) client.destroy();
  client.on(
    'data',
    messagesInto((message) => {
      if (admit(message, upstream, state)) upstream.write(message);
    }),
  );
  upstream.on('data', (reply) => {
    if (state.last === upstream) close(state);
    else client.write(reply);
  });
}

/** Whether a message may pass. */
function admit(message: Buffer, upstream: Socket, state: State): boolean {
  const { armed, commands } = state;
  const command = commandOf(message);
  if (armed === undefined || housekeeping.has(command)) return true;
  if (state.last !== undefined) return false;
  commands.push(command);
  if (commands.length === armed.commands) state.last = upstream;
  return true;
}

function close(state: State): void {
  state.closed = true;
  state.armed?.closing();
  for (const socket of state.sockets) socket.destroy();
}

/** Cuts what arrives into the messages of the protocol: each begins with its length. */
function messagesInto(take: (message: Buffer) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      take(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

/** The first name in the document of a message, after a header of 16 bytes, flags, and the kind of the section. */
function commandOf(message: Buffer): string {
  const operation = message.readInt32LE(12);
  // Old drivers' way to say hello, with which a connection begins.
  if (operation !== 2013) return 'hello';
  const name = 16 + 4 + 1 + 4 + 1;
  return message.toString('utf8', name, message.indexOf(0, name));
}
