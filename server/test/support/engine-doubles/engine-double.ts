import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface DoubleCall {
  path: string;
  body: Record<string, unknown>;
  authorization: string | undefined;
}

export type Reply = (response: ServerResponse, call: DoubleCall) => void;

export interface EngineDouble extends AsyncDisposable {
  readonly url: string;
  /** What it was asked to write, in order. */
  readonly completions: readonly DoubleCall[];
  /** Connections of completions that were closed before their end. */
  readonly left: number;
  /** Connections that were made to it, of whatever calls. */
  readonly connections: number;
}

export interface EngineDoubleOptions {
  /** What it says to `GET` and to everything that is no completion, by the path. */
  known: Readonly<Record<string, unknown>>;
  /** What it does with completions, one after the other; the last for all that follow. */
  completions: readonly Reply[];
  /** Further paths that `completions` answers. */
  alsoCompletions?: readonly string[];
  port?: number;
}

const completionPaths = ['/api/chat', '/api/generate', '/completion', '/v1/chat/completions', '/v1/completions'];

/** A server that speaks the protocol of an engine, and fails as a test tells it to. */
export async function openEngineDouble(options: EngineDoubleOptions): Promise<EngineDouble> {
  const { known, completions, alsoCompletions = [], port = 0 } = options;
  const calls: DoubleCall[] = [];
  let left = 0;
  let connections = 0;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await text(request);
    const call = { path, body: body === '' ? {} : JSON.parse(body), authorization: request.headers.authorization };
    if (![...completionPaths, ...alsoCompletions].includes(path)) {
      const found = known[path];
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(found === undefined ? '404 page not found' : JSON.stringify(found));
      return;
    }
    response.on('close', () => (left += response.writableFinished ? 0 : 1));
    const reply = completions[Math.min(calls.length, completions.length - 1)];
    calls.push(call);
    reply?.(response, call);
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    completions: calls,
    get left() {
      return left;
    },
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends the pieces, one after the other, and ends. */
export function sends(...pieces: readonly (string | Buffer)[]): Reply {
  return (response) => {
    response.writeHead(200);
    const next = (index: number): void => {
      const piece = pieces[index];
      if (piece === undefined) response.end();
      else response.write(piece, () => setImmediate(() => next(index + 1)));
    };
    next(0);
  };
}

/** Sends the pieces and then nothing more. */
export function stallsAfter(...pieces: readonly string[]): Reply {
  return (response) => {
    response.writeHead(200);
    response.flushHeaders();
    for (const piece of pieces) response.write(piece);
  };
}

/** Sends the pieces and cuts the connection. */
export function cutsAfter(...pieces: readonly string[]): Reply {
  return (response) => {
    response.writeHead(200);
    response.write(pieces.join(''), () => response.socket?.resetAndDestroy());
  };
}

export function refuses(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => void response.writeHead(status, headers).end(JSON.stringify(body));
}
