import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export interface FlakyServer extends AsyncDisposable {
  readonly url: string;
  /** Path and range of each request. */
  readonly requests: readonly { path: string; range: string | undefined; ifRange: string | undefined }[];
  /** Hosts it was asked to connect to as a proxy; it answers for them itself. */
  readonly hosts: readonly string[];
}

/** A server that treats its first requests as told, one after the other, and every later one like the last. */
export async function openFlakyServer(behaviours: readonly Behaviour[]): Promise<FlakyServer> {
  const requests: { path: string; range: string | undefined; ifRange: string | undefined }[] = [];
  const hosts: string[] = [];
  const server = createServer((request, response) => {
    const behaviour = behaviours[Math.min(requests.length, behaviours.length - 1)];
    const { range } = request.headers;
    const ifRange = request.headers['if-range'];
    requests.push({ path: request.url ?? '', range, ifRange: typeof ifRange === 'string' ? ifRange : undefined });
    behaviour?.(request, response);
  });
  server.on('connect', (request: IncomingMessage, socket) => {
    hosts.push(request.url ?? '');
    const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    hosts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface SentFile {
  bytes: Buffer;
  entityTag?: string;
}

/** Sends the file, or the rest of it when a range is asked for and the tag fits. */
export function sends({ bytes, entityTag }: SentFile): Behaviour {
  return (request, response) => {
    const tag = entityTag === undefined ? {} : { etag: entityTag };
    const ifRange = request.headers['if-range'];
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start === 0 || (ifRange !== undefined && ifRange !== entityTag)) {
      response.writeHead(200, { ...tag, 'content-length': bytes.length }).end(bytes);
      return;
    }
    const rest = bytes.subarray(start);
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { ...tag, 'content-range': range, 'content-length': rest.length }).end(rest);
  };
}

/** Sends the beginning of the file and cuts the connection. */
export function cutsAfter(count: number, { bytes, entityTag }: SentFile): Behaviour {
  return (_request, response) => {
    const tag = entityTag === undefined ? {} : { etag: entityTag };
    response.writeHead(200, { ...tag, 'content-length': bytes.length });
    response.write(bytes.subarray(0, count), () => response.socket?.end());
  };
}

/** Sends the beginning of the file and then nothing. */
export function stallsAfter(count: number, { bytes, entityTag }: SentFile): Behaviour {
  return (_request, response) => {
    const tag = entityTag === undefined ? {} : { etag: entityTag };
    response.writeHead(200, { ...tag, 'content-length': bytes.length });
    response.write(bytes.subarray(0, count));
  };
}

export function answers(status: number, headers: Record<string, string> = {}, body = ''): Behaviour {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}
