import { bulk } from '../rest/bulk.ts';
import { copyIndex } from './copy-index.ts';
import { findIndices, type FoundIndex } from './find-indices.ts';
import { getStored } from '../read/get-stored.ts';
import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { indexBody, mappingVersion, type VectorStorage } from './index-body.ts';
import { stateId } from '../names.ts';
import { freshState } from '../write/note-change.ts';
import { probeServer } from './probe-server.ts';
import { isRefusal, Refusal } from '../rest/refusal.ts';
import { removeIndex } from './remove-index.ts';
import { needsWork, unavailable } from '../rest/translate-errors.ts';
import { told } from '../../../../errors/told.ts';

export interface PreparedIndex {
  /** The OpenSearch index in force. */
  index: string;
  vectors: VectorStorage;
}

const mostAttempts = 5;
const conflict = 409;
const notReady = 503;

/**
 * Makes the index that the aliases stand for, or checks the one that is there: makes what is missing, moves an index of
 * an older mapping, and rejects with `part_unavailable` for what this service did not make. Bears repetition, also by
 * several services at once.
 */
export async function prepareIndex(
  access: IndexAccess,
  options: { vectors: Exclude<VectorStorage, 'none'> },
): Promise<PreparedIndex> {
  const { keepsVectors } = await probeServer(access);
  const wanted = keepsVectors ? options.vectors : 'none';
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const indices = await findIndices(access);
    const current = indexInForce(access, indices);
    if (current === undefined) {
      await createFirst(access, wanted);
      continue;
    }
    await completeAliases(access, current);
    if (isOutdated(current, wanted)) {
      await copyIndex(access, { from: current, vectors: wanted, without: [] });
      continue;
    }
    await ensureState(access);
    await removeOthers(access, indices, current);
    return { index: current.name, vectors: wanted };
  }
  throw unavailable(told`Other services keep changing the indices in OpenSearch.`);
}

/** Undefined when there is none yet. */
function indexInForce({ names }: IndexAccess, indices: readonly FoundIndex[]): FoundIndex | undefined {
  const named = indices.filter(({ aliases, name }) => {
    return aliases.has(names.read) || aliases.has(names.write) || name === names.read || name === names.write;
  });
  // Without an alias, one that was being filled is no whole index.
  const candidates =
    named.length > 0 ? named : indices.filter(({ version, isCopy }) => version !== undefined && !isCopy);
  const [current] = candidates;
  if (candidates.length > 1) {
    const list = candidates.map(({ name }) => name).join(', ');
    throw needsWork(told`${names.read} and ${names.write} in OpenSearch must be aliases of one index, not of ${list}.`);
  }
  if (current === undefined) return undefined;
  if (current.version === undefined || current.meta === undefined) {
    throw needsWork(
      told`The index ${current.name} in OpenSearch was not made by this service, or its mapping was changed; delete it to have it made anew.`,
    );
  }
  if (current.meta.mapping_version > mappingVersion) {
    throw needsWork(
      told`The index ${current.name} in OpenSearch was made by a newer version of this service; update this one.`,
    );
  }
  return current;
}

function isOutdated({ meta }: FoundIndex, wanted: VectorStorage): boolean {
  if (meta === undefined) return false;
  // Where the plugin is gone, the vectors that are there do no harm.
  return meta.mapping_version < mappingVersion || (wanted !== 'none' && meta.vectors !== wanted);
}

async function createFirst({ client, names }: IndexAccess, vectors: VectorStorage): Promise<void> {
  try {
    await client.send({
      method: 'PUT',
      path: `/${names.versioned(1)}`,
      body: indexBody({ vectors, models: [], aliases: [names.read, names.write] }),
      timeoutMs: writeTimeoutMs,
    });
  } catch (error) {
    if (!isRefusal(error, 'resource_already_exists_exception')) throw error;
  }
}

async function completeAliases({ client, names }: IndexAccess, { name, aliases }: FoundIndex): Promise<void> {
  const missing = [names.read, names.write].filter((alias) => !aliases.has(alias));
  if (missing.length === 0) return;
  await client.send({
    method: 'POST',
    path: '/_aliases',
    body: { actions: missing.map((alias) => ({ add: { index: name, alias } })) },
    timeoutMs: writeTimeoutMs,
  });
}

async function ensureState(access: IndexAccess): Promise<void> {
  // Reading first: an index that lets nothing be written can still be searched.
  if (await hasState(access)) return;
  const create = { action: { create: { _id: stateId } }, source: freshState() };
  await bulk(access, [create], { expected: [conflict] });
}

/** An index that was made a moment ago cannot be read yet; writing waits for it. */
async function hasState(access: IndexAccess): Promise<boolean> {
  try {
    return (await getStored(access, [stateId])).has(stateId);
  } catch (error) {
    if (error instanceof Refusal && error.status === notReady) return false;
    throw error;
  }
}

/** What a service that crashed did not remove any more. An index that is in use, or being filled, has an alias. */
async function removeOthers(access: IndexAccess, indices: readonly FoundIndex[], current: FoundIndex): Promise<void> {
  const others = indices.filter(({ version, aliases }) => {
    return version !== undefined && version !== current.version && aliases.size === 0;
  });
  for (const { name } of others) await removeIndex(access, name);
}
