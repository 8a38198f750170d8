import { connect, type Socket } from 'node:net';

/**
 * A client that does nothing but send and receive, one request after the other over one connection: what it waits for is
 * the service. The client of Node takes as long for a request as the service does for an empty one.
 */
export interface KeptConnection {
  get(path: string): Promise<string>;
  post(path: string, body: unknown): Promise<string>;
  close(): void;
}

export interface KeptConnectionOptions {
  /** Where it comes from, of the addresses of this machine; each address has its own limits at a proxy. */
  localAddress?: string;
}

interface Reply {
  status: number;
  text: string;
}

export function openKeptConnection(url: string, token: string, options: KeptConnectionOptions = {}): KeptConnection {
  const { hostname, port, host } = new URL(url);
  const open = (): OneByOne => sendOneByOne(connect({ host: hostname, port: Number(port), noDelay: true, ...options }));
  let connection = open();
  const send = async (method: string, path: string, body = ''): Promise<string> => {
    // A proxy ends a connection after so many requests.
    if (connection.ended) connection = open();
    const head = [
      `${method} ${path} HTTP/1.1`,
      `host: ${host}`,
      `authorization: Bearer ${token}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    const { status, text } = await connection.ask(`${head.join('\r\n')}\r\n\r\n${body}`);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text;
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    close: () => connection.close(),
  };
}

interface OneByOne {
  readonly ended: boolean;
  /** Sends the request and waits for the whole reply. */
  ask(request: string): Promise<Reply>;
  close(): void;
}

function sendOneByOne(socket: Socket): OneByOne {
  let received: Buffer = Buffer.alloc(0);
  let ended = false;
  let waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  const end = (error: Error): void => {
    ended = true;
    waiting?.reject(error);
  };
  socket.on('data', (bytes: Buffer) => {
    received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
    const reply = wholeReply(received);
    if (reply === undefined) return;
    received = Buffer.alloc(0);
    waiting?.resolve(reply);
  });
  socket.on('error', end);
  socket.on('end', () => end(new Error('the connection was ended')));
  return {
    get ended() {
      return ended;
    },
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => void socket.destroy(),
  };
}

const endOfHead = '\r\n\r\n';

/** A reply that has come whole; undefined while it has not. */
function wholeReply(received: Buffer): Reply | undefined {
  const bodyStart = received.indexOf(endOfHead) + endOfHead.length;
  if (bodyStart < endOfHead.length) return undefined;
  const head = received.toString('latin1', 0, bodyStart).toLowerCase();
  const status = Number(head.slice('http/1.1 '.length, 'http/1.1 200'.length));
  const body = received.subarray(bodyStart);
  if (head.includes('transfer-encoding: chunked')) {
    const text = wholeChunks(body);
    return text === undefined ? undefined : { status, text };
  }
  const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
  return body.length < length ? undefined : { status, text: body.toString('utf8', 0, length) };
}

function wholeChunks(body: Buffer): string | undefined {
  const chunks: Buffer[] = [];
  for (let position = 0; ;) {
    const sizeEnd = body.indexOf('\r\n', position);
    if (sizeEnd === -1) return undefined;
    const size = Number.parseInt(body.toString('latin1', position, sizeEnd), 16);
    const [start, end] = [sizeEnd + 2, sizeEnd + 2 + size];
    if (body.length < end + 2) return undefined;
    if (size === 0) return Buffer.concat(chunks).toString();
    chunks.push(body.subarray(start, end));
    position = end + 2;
  }
}
