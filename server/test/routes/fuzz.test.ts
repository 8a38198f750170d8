import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../src/main.ts';
import { createReplyCheck, type Reply } from '../support/fuzz/check-reply.ts';
import { requestsFor, type GeneratedRequest } from '../support/fuzz/generate-requests.ts';
import { collectionOf, operationsOf, type OpenApi, type Operation } from '../support/fuzz/operations.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The whole service, asked thousands of times for what its own description offers, well and badly.
// FUZZ_REQUESTS=10000 asks more, FUZZ_SEED=<number> other things.

const totalRequests = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
const atOnce = 4;
/** An operation that is slow, because a model answers, is asked less often: at most for this long. */
const secondsPerOperation = (totalRequests / 2_000) * 3;
/** A reply that never comes is a fault; one that a busy machine gives late is none. */
const replyDeadlineMs = 30_000;
const password = 'correct horse battery staple';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
/** Good tokens: a key, which nothing that is asked for can end, and a login, which is renewed when it was ended. */
const tokens = { key: '', login: '' };
/** Of the account and the key themselves: changing those would end everything. */
const protectedIds = new Set<string>();
const idsOf = new Map<string, Set<string>>();
const logLines: string[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  const environment = { DATA_DIR: folder.path, PORT: '0', LOG_LEVEL: 'error', OFFLINE: '1', ADMIN_PASSWORD: password };
  const logStream = { write: (line: string) => void logLines.push(line) };
  server = await startServer({ environment, folder: folder.path, logStream });
  tokens.login = await logIn();
  const scopes = ['ask', 'ingest', 'train', 'insights', 'admin', 'act_as'];
  const made = await callJson('/auth/keys', { name: 'fuzz', scopes });
  tokens.key = String(made['key']);
  protectedIds.add(String(made['id'])).add(String(made['user_id']));
});
afterAll(async () => {
  await server.close();
  await folder[Symbol.asyncDispose]();
});

async function logIn(): Promise<string> {
  return String((await callJson('/auth/login', { username: 'admin', password }))['access_token']);
}

async function callJson(path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens.login}` };
  const reply = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(reply.ok, `POST ${path}: ${reply.status}`).toBe(true);
  return (await reply.json()) as Record<string, unknown>;
}

async function send(request: GeneratedRequest): Promise<Reply> {
  const reply = await sendOnce(request);
  if (request.token !== 'login' || !reply.body.includes('"code":"unauthenticated"')) return reply;
  tokens.login = await logIn();
  return sendOnce(request);
}

async function sendOnce({ method, url, token, contentType, bytes, idempotencyKey }: GeneratedRequest): Promise<Reply> {
  const headers: Record<string, string> = {};
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  if (token !== 'none') headers['authorization'] = `Bearer ${token === 'bad' ? 'bil_none_of_yours' : tokens[token]}`;
  if (contentType !== undefined) headers['content-type'] = contentType;
  const body = bytes === undefined ? null : new Blob([new Uint8Array(bytes)]);
  const reply = await fetch(server.url + url, { method, headers, body, signal: AbortSignal.timeout(replyDeadlineMs) });
  // A stream of events may never end: its beginning is enough.
  const isStream = reply.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await reply.body?.cancel();
  return { status: reply.status, headers: reply.headers, body: isStream ? '' : await reply.text() };
}

/** Ids that a collection told of, so that later requests ask for something that is there. */
function rememberIds(operation: Operation, body: string): void {
  const ids = idsOf.get(collectionOf(operation)) ?? new Set();
  idsOf.set(collectionOf(operation), ids);
  for (const [, id = ''] of body.matchAll(/"id":"([\w.-]{3,80})"/g)) {
    if (!protectedIds.has(id) && ids.size < 100) ids.add(id);
  }
}

describe('the published description', () => {
  it('is kept by every reply, whatever is asked', { timeout: 600_000 }, async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApi;
    const operations = operationsOf(document);
    const check = createReplyCheck(document);
    const perOperation = Math.ceil(totalRequests / operations.length);
    const faults: string[] = [];
    const succeeded = new Set<Operation>();
    let asked = 0;

    const ask = async (operation: Operation, request: GeneratedRequest): Promise<void> => {
      asked += 1;
      const reply = await send(request).catch((error: unknown) => String(error));
      const fault = typeof reply === 'string' ? reply : check(operation, request, reply);
      if (typeof reply !== 'string') {
        rememberIds(operation, reply.body);
        if (reply.status < 300) succeeded.add(operation);
      }
      if (fault !== undefined) faults.push(describeFault(operation, request, fault));
    };
    for (const operation of operations) {
      const knownIds = [...(idsOf.get(collectionOf(operation)) ?? [])];
      const requests = fc.sample(requestsFor(operation, { document, knownIds }), {
        numRuns: perOperation,
        seed,
      });
      const endsAt = performance.now() + secondsPerOperation * 1000;
      const askInTurn = async (): Promise<void> => {
        for (let next = requests.shift(); next !== undefined && performance.now() < endsAt; next = requests.shift()) {
          await ask(operation, next);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, askInTurn));
    }
    expect(
      faults.slice(0, 20),
      `${faults.length} of ${asked} requests, seed ${seed}\n${logLines.slice(0, 5).join('')}`,
    ).toEqual([]);
    expect(asked).toBeGreaterThan(operations.length * 10);
    // Requests that all fail at the door would prove nothing of what is behind it.
    const neverServed = operations
      .filter((operation) => !succeeded.has(operation))
      .map(({ method, path }) => `${method} ${path}`);
    expect(neverServed.length, neverServed.join()).toBeLessThan(operations.length / 2);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  });

  it('names every method of every address, and no other is taken', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApi;
    const all = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    const faults: string[] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      const described = Object.keys(methods).map((method) => method.toUpperCase());
      for (const method of all.filter((candidate) => !described.includes(candidate))) {
        const reply = await fetch(server.url + path.replaceAll(/\{\w+\}/g, 'none'), { method });
        const allowed = reply.headers
          .get('allow')
          ?.split(', ')
          .filter((name) => name !== 'HEAD');
        if (reply.status !== 405 || String(allowed) !== String(described.toSorted())) {
          faults.push(`${method} ${path}: ${reply.status}, allow ${String(allowed)}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });
});

function describeFault(
  { method, path }: Operation,
  { url, contentType, bytes }: GeneratedRequest,
  fault: string,
): string {
  const body = bytes === undefined ? '' : ` ${contentType}: ${bytes.subarray(0, 300).toString()}`;
  return `${method} ${path} (${url.slice(0, 200)}${body}) → ${fault}`;
}
