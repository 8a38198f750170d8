import { randomUUID } from 'node:crypto';
import { isAppError } from '../../../errors/app-error.ts';
import type { UsageEntry } from '../../../models/usage.ts';
import type { MongoConnection } from '../connection.ts';
import { ignoreDuplicateKey } from '../errors.ts';
import { addCounts, settle, usageCollections, type UsageBatch } from './usage-batches.ts';

/**
 * Adds usage, one batch after the other. A batch is stored in one write, which decides; then it is brought into the
 * sums. Where that fails, whoever reads the sums next completes it, and the next batch has another writer, so that
 * none follows one that is not complete. A batch that was rejected, but may have been stored, is taken back before the
 * next one, in which the caller repeats it.
 */
export function createUsageWriter(connection: MongoConnection): (entries: readonly UsageEntry[]) => Promise<void> {
  let [writer, batch] = [randomUUID(), 0];
  let doubtful: string | undefined;
  let before: Promise<unknown> = Promise.resolve();

  async function add(entries: readonly UsageEntry[]): Promise<void> {
    if (doubtful !== undefined) await takeBack(connection, doubtful);
    batch += 1;
    const id = `${writer}/${batch}`;
    const stored = { _id: id, writer, batch, entries: merge(entries) };
    doubtful = id;
    try {
      await store(connection, stored);
      doubtful = undefined;
      await connection.run((database) => settle(usageCollections(database), stored));
    } catch (error) {
      [writer, batch] = [randomUUID(), 0];
      if (doubtful !== undefined) throw error;
    }
  }

  return async (entries) => {
    const adding = before.then(() => add(entries));
    before = adding.catch(() => undefined);
    await adding;
  };
}

async function takeBack(connection: MongoConnection, id: string): Promise<void> {
  await connection.run((database) => usageCollections(database).batches.deleteOne({ _id: id }));
}

/** Once more where it is not known whether it was stored: under the same id it is stored once. */
async function store(connection: MongoConnection, stored: UsageBatch): Promise<void> {
  const insert = () =>
    connection.run(async (database) => {
      await usageCollections(database).batches.insertOne(stored).catch(ignoreDuplicateKey);
    });
  try {
    await insert();
  } catch (error) {
    if (!isAppError(error, 'part_unavailable')) throw error;
    await insert();
  }
}

/** One entry for each sum, which takes a batch once. */
function merge(entries: readonly UsageEntry[]): UsageEntry[] {
  const merged = new Map<string, UsageEntry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.day, entry.userId, entry.keyId, entry.model]);
    const same = merged.get(key);
    merged.set(key, same === undefined ? entry : { ...same, ...addCounts(same, entry) });
  }
  return [...merged.values()];
}
