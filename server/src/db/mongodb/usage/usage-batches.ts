import { type AnyBulkWriteOperation, type Collection, type Db, MongoBulkWriteError } from 'mongodb';
import type { UsageEntry } from '../../../models/usage.ts';
import type { UsageTotal } from '../../../ports/usage-store.ts';
import { duplicateKey } from '../errors.ts';

/** What one writer added of one day, user, key and model. */
export interface UsageSum extends Omit<UsageEntry, 'keyId'> {
  _id: string;
  /** `noKey` without one: the order of a list compares strings. */
  keyId: string;
  /** The last batch of the writer that is in the sum. */
  batch: number;
}

/** What a writer adds at once; it is gone when all of it is in the sums. */
export interface UsageBatch {
  _id: string;
  writer: string;
  /** One more than that of the batch before. */
  batch: number;
  entries: readonly UsageEntry[];
}

export interface UsageCollections {
  sums: Collection<UsageSum>;
  batches: Collection<UsageBatch>;
}

export const noKey = '';

export function usageCollections(database: Db): UsageCollections {
  return { sums: database.collection('usage'), batches: database.collection('usage_batches') };
}

/**
 * Brings a stored batch into the sums. Whoever does it, however often and late: each sum takes a batch once, because
 * it notes the number, and its writer begins no other one before.
 */
export async function settle({ sums, batches }: UsageCollections, stored: UsageBatch): Promise<void> {
  const { _id, entries } = stored;
  const additions = entries.map((entry) => additionOf(entry, stored));
  if (additions.length > 0) await sums.bulkWrite(additions, { ordered: false }).catch(ignoreTakenBefore);
  await batches.deleteOne({ _id });
}

function additionOf(entry: UsageEntry, { writer, batch }: UsageBatch): AnyBulkWriteOperation<UsageSum> {
  const { day, userId, keyId, model } = entry;
  return {
    updateOne: {
      filter: { _id: JSON.stringify([day, userId, keyId, model, writer]), batch: { $lt: batch } },
      update: {
        $inc: countsOf(entry),
        $set: { batch },
        $setOnInsert: { day, userId, keyId: keyId ?? noKey, model },
      },
      upsert: true,
    },
  };
}

/** A sum that took the batch does not match, and cannot be inserted either. */
function ignoreTakenBefore(error: unknown): void {
  const isTaken =
    error instanceof MongoBulkWriteError && [error.writeErrors].flat().every(({ code }) => code === duplicateKey);
  if (!isTaken) throw error;
}

export function countsOf({ requests, promptTokens, cachedTokens, completionTokens }: UsageTotal): UsageTotal {
  return { requests, promptTokens, cachedTokens, completionTokens };
}

export function addCounts(one: UsageTotal, other: UsageTotal): UsageTotal {
  return {
    requests: one.requests + other.requests,
    promptTokens: one.promptTokens + other.promptTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    completionTokens: one.completionTokens + other.completionTokens,
  };
}
