import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { adapterBytes } from './adapter-bytes.ts';

interface FakeReply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface FakeTrainerScript {
  /** Of the result. */
  adapter?: Buffer;
  /** What is told of the result, where that is not so. */
  told?: { sha256?: string | undefined; bytes?: number };
  /** By turns; the last one stays. */
  statuses?: readonly string[];
  error?: { code: string };
  /** What to answer instead, when it says something: to `POST /v1/files`. */
  instead?: (call: string) => FakeReply | undefined;
}

export interface FakeTrainer extends AsyncDisposable {
  url: string;
  /** `POST /v1/files`, in their order. */
  calls: string[];
  script: FakeTrainerScript;
}

/** Speaks as a trainer does, and does what none would: for faults that a real one cannot be made to have. */
export async function startFakeTrainer(script: FakeTrainerScript = {}): Promise<FakeTrainer> {
  const calls: string[] = [];
  const fake = { calls, script };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(fake, request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...fake,
    get script() {
      return fake.script;
    },
    set script(next) {
      fake.script = next;
    },
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(
  { calls, script }: Pick<FakeTrainer, 'calls' | 'script'>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const call = `${request.method} ${path}`;
  const before = calls.filter((each) => each === call).length;
  calls.push(call);
  const { status = 200, headers = {}, body = {} } = script.instead?.(call) ?? usualReply(call, before, script);
  response.writeHead(status, headers);
  response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

function usualReply(call: string, before: number, script: FakeTrainerScript): FakeReply {
  const { adapter = adapterBytes(), statuses = ['running', 'succeeded'], told = {}, error = null } = script;
  const sha256 = createHash('sha256').update(adapter).digest('hex');
  const result = { id: 'file-result', bytes: adapter.length, filename: 'adapter.gguf', sha256, ...told };
  const status = statuses[Math.min(before, statuses.length - 1)];
  const job = { id: 'job-1', model: 'base', status, result_files: ['file-result'], error };
  if (call === 'GET /v1/fine_tuning/jobs') return { body: { data: [] } };
  if (call === 'POST /v1/files') return { body: { id: `file-${before}`, bytes: 1, filename: 'x.jsonl' } };
  if (call === 'GET /v1/files/file-result/content') return { body: adapter };
  if (call === 'GET /v1/files/file-result') return { body: result };
  if (call.endsWith('/events')) return { body: { data: before === 0 ? [] : events, has_more: false } };
  if (call.startsWith('GET /v1/models/')) return { body: { id: 'base' } };
  return { body: job };
}

const events = [
  { id: 'event-2', data: { step: 1, total_steps: 1, epoch: 1, full_valid_loss: 0.5 } },
  { id: 'event-1', data: { step: 1, total_steps: 1, train_loss: 0.7 } },
];
