import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs } from './back-off.ts';
import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { isBusy, Refusal, type RefusalBody } from './refusal.ts';
import { toNdjson } from './run-searches.ts';

export interface BulkOperation {
  /** Such as `{ index: { _id } }`. */
  action: object;
  source?: object;
}

export interface BulkItem {
  status: number;
  error?: RefusalBody;
  _seq_no?: number;
  _primary_term?: number;
}

export interface BulkOptions {
  /** Whether queries see the changes once this resolves. */
  refresh?: boolean;
  /** Statuses of items that are no failure here. */
  expected?: readonly number[];
}

interface BulkReply {
  items: readonly Readonly<Record<string, BulkItem>>[];
}

/** Large enough that the cost of a request is shared, small enough for the memory of any node. */
const mostCharactersPerRequest = 2_000_000;

/**
 * Does the operations, in order, in as few requests as reasonable; gives what became of each. What a busy server refuses
 * is sent again, and nothing else. Rejects with the `Refusal` of the first item that failed in a way not expected.
 */
export async function bulk(
  access: IndexAccess,
  operations: readonly BulkOperation[],
  options: BulkOptions = {},
): Promise<BulkItem[]> {
  const items: BulkItem[] = [];
  for (const chunk of chunks(operations.map(toText))) items.push(...(await sendChunk(access, chunk, options)));
  return items;
}

const toText = ({ action, source }: BulkOperation): string =>
  toNdjson(source === undefined ? [action] : [action, source]);

function* chunks(texts: readonly string[]): Iterable<string[]> {
  let chunk: string[] = [];
  let characters = 0;
  for (const text of texts) {
    if (chunk.length > 0 && characters + text.length > mostCharactersPerRequest) {
      yield chunk;
      chunk = [];
      characters = 0;
    }
    chunk.push(text);
    characters += text.length;
  }
  if (chunk.length > 0) yield chunk;
}

async function sendChunk(access: IndexAccess, texts: readonly string[], options: BulkOptions): Promise<BulkItem[]> {
  const { refresh = false, expected = [] } = options;
  const deadline = performance.now() + writeTimeoutMs;
  const done = new Map<number, BulkItem>();
  for (let attempt = 0; ; attempt += 1) {
    const open = [...texts.keys()].filter((position) => !done.has(position));
    const { items } = await access.client.send<BulkReply>({
      method: 'POST',
      path: `/${access.names.write}/_bulk`,
      // An index that is missing is not to be made up.
      query: { require_alias: true, ...(refresh ? { refresh } : {}) },
      ndjson: open.map((position) => texts[position]).join(''),
      timeoutMs: writeTimeoutMs,
    });
    let busy: Refusal | undefined;
    for (const [place, position] of open.entries()) {
      const item = Object.values(items[place] ?? {})[0] ?? { status: 500, error: { type: 'item_missing' } };
      const refusal = item.error === undefined ? undefined : new Refusal(item.status, item.error);
      if (refusal !== undefined && isBusy(refusal)) busy = refusal;
      else if (refusal !== undefined && !expected.includes(item.status)) throw refusal;
      else done.set(position, item);
    }
    if (busy === undefined) return [...texts.keys()].map((position) => done.get(position)!);
    const waitMs = backOffMs(attempt);
    if (performance.now() + waitMs > deadline) throw busy;
    await pause(waitMs);
  }
}
