import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../src/main.ts';
import { createReplyCheck, type Reply } from '../support/fuzz/check-reply.ts';
import { requestsFor, type GeneratedRequest } from '../support/fuzz/generate-requests.ts';
import { operationsOf, type OpenApi, type Operation } from '../support/fuzz/operations.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The whole service, asked thousands of times for what its own description offers, well and badly.
// FUZZ_REQUESTS=10000 asks more, FUZZ_SEED=<number> other things.

const totalRequests = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
const atOnce = 4;
/** An operation that is slow, because a model answers, is asked less often: at most for this long. */
const secondsPerOperation = (totalRequests / 2_000) * 3;
const replyDeadlineMs = 15_000;
const password = 'correct horse battery staple';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let token = '';
let protectedIds: ReadonlySet<string> = new Set();
const knownIds: string[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  const environment = { DATA_DIR: folder.path, PORT: '0', ADMIN_PASSWORD: password, LOG_LEVEL: 'error', OFFLINE: '1' };
  server = await startServer({
    environment,
    folder: folder.path,
    logStream: { write: (line) => void logLines.push(line) },
  });
  const login = await callJson('/auth/login', { username: 'admin', password });
  token = String(login['access_token']);
  const scopes = ['ask', 'ingest', 'train', 'insights', 'admin', 'act_as'];
  const key = await callJson('/auth/keys', { name: 'fuzz', scopes });
  // A key, not a login: nothing that is asked for can end it. Nobody learns who made it, or changes that account.
  token = String(key['key']);
  protectedIds = new Set([String(key['id']), String(key['user_id'])]);
});
afterAll(async () => {
  await server.close();
  await folder[Symbol.asyncDispose]();
});

const logLines: string[] = [];

async function callJson(path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) };
  const reply = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(reply.ok, `POST ${path}: ${reply.status}`).toBe(true);
  return (await reply.json()) as Record<string, unknown>;
}

async function send({ method, url, token: which, ...request }: GeneratedRequest): Promise<Reply> {
  const { contentType, bytes, idempotencyKey } = request;
  const headers: Record<string, string> = {};
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  if (which !== 'none') headers['authorization'] = which === 'good' ? `Bearer ${token}` : 'Bearer bil_none_of_yours';
  if (contentType !== undefined) headers['content-type'] = contentType;
  const body = bytes === undefined ? null : new Blob([new Uint8Array(bytes)]);
  const reply = await fetch(server.url + url, { method, headers, body, signal: AbortSignal.timeout(replyDeadlineMs) });
  // A stream of events may never end: its beginning is enough.
  const isStream = reply.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await reply.body?.cancel();
  return { status: reply.status, headers: reply.headers, body: isStream ? '' : await reply.text() };
}

function rememberIds(body: string): void {
  for (const [, id] of body.matchAll(/"id":"([\w.-]{3,80})"/g)) {
    if (id !== undefined && !protectedIds.has(id) && knownIds.length < 500) knownIds.push(id);
  }
}

describe('the published description', () => {
  it('is kept by every reply, whatever is asked', { timeout: 600_000 }, async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApi;
    const operations = operationsOf(document);
    const check = createReplyCheck(document);
    const perOperation = Math.ceil(totalRequests / operations.length);
    const faults: string[] = [];
    let asked = 0;

    const ask = async (operation: Operation, request: GeneratedRequest): Promise<void> => {
      asked += 1;
      const reply = await send(request).catch((error: unknown) => String(error));
      const fault = typeof reply === 'string' ? reply : check(operation, request, reply);
      if (typeof reply !== 'string') rememberIds(reply.body);
      if (fault !== undefined) faults.push(describeFault(operation, request, fault));
    };
    for (const operation of operations) {
      const requests = fc.sample(requestsFor(operation, { document, knownIds: () => knownIds }), {
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
