import { setTimeout as pause } from 'node:timers/promises';
import { abandonCopy, awaitCopy } from './await-copy.ts';
import { findIndices, type FoundIndex } from './find-indices.ts';
import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { indexBody, type VectorStorage } from './index-body.ts';
import { noteChange } from '../write/note-change.ts';
import { isRefusal, Refusal, type RefusalBody } from '../rest/refusal.ts';
import { removeIndex } from './remove-index.ts';
import { readOverview } from '../read/read-overview.ts';
import type { StoredModel } from '../stored.ts';

export interface CopyRequest {
  from: FoundIndex;
  vectors: VectorStorage;
  /** The models whose vectors are left behind. */
  without: readonly StoredModel[];
}

const lookMs = 250;

/**
 * Puts a new index in the place of one, with the same contents but for some vectors. Queries go on meanwhile; writers
 * wait. Of several services that do this at the same time one does it, and the others wait for it. Once it resolves, the
 * index before is out of force, or whoever was replacing it has given up.
 */
export async function copyIndex(access: IndexAccess, request: CopyRequest): Promise<void> {
  const { from } = request;
  const indices = await findIndices(access);
  if (!indices.some(({ name, aliases }) => name === from.name && aliases.has(access.names.write))) return;
  const running = indices.find(({ isCopy, version = 0 }) => isCopy && version > (from.version ?? 0));
  if (running !== undefined) return awaitCopy(access, { from: from.name, copy: running.name });
  const version = Math.max(...indices.map((index) => index.version ?? 0)) + 1;
  const copy = access.names.versioned(version);
  if (!(await create(access, copy, request))) return awaitCopy(access, { from: from.name, copy });
  try {
    await fill(access, copy, request);
    await noteChange(access, copy);
    await putInPlace(access, { from: from.name, copy });
  } catch (error) {
    // Where that fails too, the next service finds a copy that has come to a halt.
    await abandonCopy(access, { from: from.name, copy }).catch(() => {});
    // Another service was faster.
    if (isRefusal(error, 'aliases_not_found_exception')) return;
    throw error;
  }
  await removeIndex(access, from.name);
}

/** False when it is there already. */
async function create(access: IndexAccess, copy: string, { vectors, without }: CopyRequest): Promise<boolean> {
  const dropped = new Set(without.map(({ field }) => field));
  const models = (await readOverview(access)).models.filter(({ field }) => !dropped.has(field));
  const aliases = [access.names.copy(access.names.versionOf(copy)!)];
  try {
    await access.client.send({
      method: 'PUT',
      path: `/${copy}`,
      body: indexBody({ vectors, models, aliases }),
      timeoutMs: writeTimeoutMs,
    });
    return true;
  } catch (error) {
    if (isRefusal(error, 'resource_already_exists_exception')) return false;
    throw error;
  }
}

async function fill(access: IndexAccess, copy: string, { from, without }: CopyRequest): Promise<void> {
  const { client, names } = access;
  const timeoutMs = writeTimeoutMs;
  // Waits for the writing that is under way.
  await client.send({ method: 'PUT', path: `/${from.name}/_block/write`, timeoutMs });
  await client.send({ method: 'POST', path: `/${from.name}/_refresh`, timeoutMs });
  const { task } = await client.send<{ task: string }>({
    method: 'POST',
    path: '/_reindex',
    // By its alias: when the copy was given up by another service, nothing is made up under its name.
    query: { wait_for_completion: false, refresh: true, require_alias: true },
    body: copyBody({ from: from.name, to: names.copy(names.versionOf(copy)!), without }),
    timeoutMs,
  });
  await taskDone(access, task);
}

export interface CopyBodyRequest {
  from: string;
  to: string;
  without: readonly Pick<StoredModel, 'field'>[];
}

export function copyBody({ from, to, without }: CopyBodyRequest): object {
  const fields = without.map(({ field }) => field);
  return {
    source: {
      index: from,
      query: {
        bool: { must_not: [{ bool: { filter: [{ term: { kind: 'model' } }, { terms: { field: fields } }] } }] },
      },
      _source: { excludes: fields },
    },
    dest: { index: to },
  };
}

interface TaskReply {
  completed: boolean;
  error?: RefusalBody;
  response?: { failures: readonly { status: number; cause: RefusalBody }[] };
}

async function taskDone({ client }: IndexAccess, task: string): Promise<void> {
  for (;;) {
    const { completed, error, response } = await client.send<TaskReply>({ method: 'GET', path: `/_tasks/${task}` });
    if (error !== undefined) throw new Refusal(500, error);
    const failure = response?.failures[0];
    if (failure !== undefined) throw new Refusal(failure.status, failure.cause);
    if (completed) return;
    await pause(lookMs);
  }
}

/** In one step; rejects when `from` is no longer in force, or the copy is gone. */
async function putInPlace(
  { client, names }: IndexAccess,
  { from, copy }: { from: string; copy: string },
): Promise<void> {
  const remove = (alias: string): object => ({ remove: { index: from, alias, must_exist: true } });
  const add = (alias: string): object => ({ add: { index: copy, alias } });
  const finished = { remove: { index: copy, alias: names.copy(names.versionOf(copy)!), must_exist: true } };
  const { read, write } = names;
  await client.send({
    method: 'POST',
    path: '/_aliases',
    body: { actions: [remove(read), remove(write), add(read), add(write), finished] },
    timeoutMs: writeTimeoutMs,
  });
}
