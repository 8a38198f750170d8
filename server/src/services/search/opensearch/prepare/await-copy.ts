import { setTimeout as pause } from 'node:timers/promises';
import { findIndices } from './find-indices.ts';
import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { isRefusal, Refusal } from '../rest/refusal.ts';
import { removeIndex } from './remove-index.ts';

export interface CopyUnderWay {
  from: string;
  copy: string;
}

const lookMs = 250;

/** Waits until the copy is in force or given up; one that has come to a halt is given up here. */
export async function awaitCopy(access: IndexAccess, copying: CopyUnderWay): Promise<void> {
  let written = -1;
  let grewAt = performance.now();
  for (;;) {
    const indices = await findIndices(access);
    if (!indices.some(({ name, isCopy }) => name === copying.copy && isCopy)) return;
    const now = await writtenTo(access, copying.copy);
    if (now !== written) grewAt = performance.now();
    else if (performance.now() - grewAt > access.haltedCopyMs) return abandonCopy(access, copying);
    written = now;
    await pause(lookMs);
  }
}

/** Removes a copy unless it is in force by now, and lets writers go on with the index it was made from. */
export async function abandonCopy(access: IndexAccess, { from, copy }: CopyUnderWay): Promise<void> {
  const { client, names } = access;
  const alias = names.copy(names.versionOf(copy)!);
  const timeoutMs = writeTimeoutMs;
  // Whoever takes this alias away decides: without it the copy can no longer be put in force.
  const actions = [{ remove: { index: copy, alias, must_exist: true } }];
  const unblocked = { index: { blocks: { write: null } } };
  try {
    await client.send({ method: 'POST', path: '/_aliases', body: { actions }, timeoutMs });
    await client.send({ method: 'PUT', path: `/${from}/_settings`, body: unblocked, timeoutMs });
    await removeIndex(access, copy);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

const isGone = (error: unknown): boolean => error instanceof Refusal && error.status === 404;

interface StatsReply {
  _all: { primaries: { indexing?: { index_total: number } } };
}

async function writtenTo({ client }: IndexAccess, index: string): Promise<number> {
  try {
    const { _all } = await client.send<StatsReply>({ method: 'GET', path: `/${index}/_stats/indexing` });
    return _all.primaries.indexing?.index_total ?? 0;
  } catch (error) {
    if (isRefusal(error, 'index_not_found_exception')) return 0;
    throw error;
  }
}
