import type { Db } from 'mongodb';
import type { UsageEntry } from '../../../models/usage.ts';
import type { MongoConnection } from '../connection.ts';
import { addCounts, countsOf, noKey, settle, usageCollections, type UsageSum } from '../usage/usage-batches.ts';

/** The name of the writer of copied sums. */
const writer = 'copy';

/** What several writers added of one day, user, key and model stands together. */
export async function* readUsage(connection: MongoConnection): AsyncGenerator<UsageEntry> {
  for (const day of await usedDays(connection)) {
    const sums = await connection.run((database) =>
      usageCollections(database).sums.find({ day }).sort({ userId: 1, keyId: 1, model: 1 }).toArray(),
    );
    yield* merged(sums);
  }
}

export async function countUsage(connection: MongoConnection): Promise<number> {
  let count = 0;
  for await (const _ of readUsage(connection)) count += 1;
  return count;
}

export async function writeUsage(database: Db, entries: readonly UsageEntry[]): Promise<void> {
  const sums = entries.map(({ day, userId, keyId, model, ...counts }) => ({
    _id: JSON.stringify([day, userId, keyId, model, writer]),
    day,
    userId,
    keyId: keyId ?? noKey,
    model,
    ...counts,
    batch: 0,
  }));
  await usageCollections(database).sums.insertMany(sums);
}

async function usedDays(connection: MongoConnection): Promise<string[]> {
  return connection.run(async (database) => {
    const collections = usageCollections(database);
    for (const batch of await collections.batches.find().toArray()) await settle(collections, batch);
    return (await collections.sums.distinct('day')).toSorted();
  });
}

function merged(sums: readonly UsageSum[]): UsageEntry[] {
  const entries = new Map<string, UsageEntry>();
  for (const { day, userId, keyId, model, ...counts } of sums) {
    const key = JSON.stringify([userId, keyId, model]);
    const added = addCounts(entries.get(key) ?? nothing, counts);
    entries.set(key, { day, userId, keyId: keyId === noKey ? null : keyId, model, ...countsOf(added) });
  }
  return [...entries.values()];
}

const nothing = { requests: 0, promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
