import { once } from 'node:events';
import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { runCommandLine, type CommandLineResult } from '../support/run-command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// What takes a service a quarter of an hour, or a restart at the right moment, in a server that says the same at once.

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

/** A service that answers as `reply` says, and a login at it that ends in an hour. */
async function open(reply: Reply) {
  const folder = await temporaryFolder();
  const server = createServer(reply);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kept = folder.file('config/billumy/credentials.json');
  await mkdir(folder.file('config/billumy'), { recursive: true });
  const expiresAt = Date.now() + 3_600_000;
  await writeFile(kept, JSON.stringify({ url, accessToken: 'first', refreshToken: 'once', expiresAt }));
  return {
    file: folder.file,
    run: (words: readonly string[], interrupt?: Promise<void>): Promise<CommandLineResult> =>
      runCommandLine(words, {
        environment: { XDG_CONFIG_HOME: folder.file('config') },
        ...(interrupt === undefined ? {} : { interrupt }),
      }),
    credentials: async (): Promise<unknown> => JSON.parse(await readFile(kept, 'utf8')),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await folder[Symbol.asyncDispose]();
    },
  };
}

function say(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const problem = (code: string, status: number) => ({
  type: `https://billumy.example/errors#${code}`,
  title: code,
  status,
  code,
  request_id: 'req_1',
  retryable: status === 503,
});

const entry = (id: string) => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  actor: null,
  action: 'session.login',
  subject: null,
  outcome: 'ok',
  address: null,
  request_id: null,
});

it('goes on with a new token when the first one expires meanwhile, and keeps it', async () => {
  const refreshed: string[] = [];
  await using service = await open((request, response) => {
    if (request.url === '/auth/refresh') {
      refreshed.push(request.method ?? '');
      say(response, { access_token: 'second', token_type: 'bearer', expires_in: 900, refresh_token: 'twice' });
      return;
    }
    const isSecondPage = request.url?.includes('after=') === true;
    const wanted = isSecondPage ? 'Bearer second' : 'Bearer first';
    if (request.headers.authorization !== wanted) say(response, problem('token_expired', 401), 401);
    else say(response, isSecondPage ? { items: [entry('b')], next: null } : { items: [entry('a')], next: 'a' });
  });
  const { code, output } = await service.run(['audit', '--json']);
  expect(code).toBe(0);
  expect(output.match(/"id":"[ab]"/g)).toEqual(['"id":"a"', '"id":"b"']);
  expect(refreshed).toEqual(['POST']);
  expect(await service.credentials()).toMatchObject({ accessToken: 'second', refreshToken: 'twice' });
});

it('ends with 130 when it is interrupted, and begins nothing more', async () => {
  const deleted: string[] = [];
  let interrupt = (): void => undefined;
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
  await using service = await open((request) => {
    deleted.push(request.url ?? '');
    interrupt();
  });
  const shown = await service.run(['documents', 'delete', 'doc_1', 'doc_2', 'doc_3'], interrupted);
  expect(shown).toMatchObject({ code: 130, output: '' });
  expect(deleted).toEqual(['/documents/doc_1']);
});

const job = (status: string) => ({
  id: 'job_1',
  kind: 'train',
  status,
  progress: { done: 1, total: 2, step: null, training: null },
  attempts: 1,
  error: null,
  result: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
});

it('follows a training over a restart of the service, to its end', async () => {
  let watched = 0;
  await using service = await open((request, response) => {
    request.resume();
    if (request.url === '/training/train') {
      request.once('end', () => say(response, job('queued'), 202));
      return;
    }
    watched += 1;
    if (watched === 2) {
      say(response, problem('shutting_down', 503), 503);
      return;
    }
    const last = watched === 1 ? ['error', problem('shutting_down', 503)] : ['finish', job('rejected')];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const [event, data] of [['progress', job('running')], last] as const) {
      response.write(`event: ${event as string}\ndata: ${JSON.stringify(data)}\n\n`);
    }
    response.end();
  });
  const examples = service.file('examples.jsonl');
  await writeFile(examples, '{}\n');
  const { code, output } = await service.run(['train', examples, '--wait', '--json']);
  expect(JSON.parse(output)).toMatchObject({ status: 'rejected' });
  expect(code).toBe(1);
  expect(watched).toBe(3);
});
