import type { Filter } from 'mongodb';
import type { UsageEntry } from '../../../models/usage.ts';
import type { UsageFilter, UsageStore, UsageTotal } from '../../../ports/usage-store.ts';
import { decodeCursor, toPage } from '../../cursor.ts';
import type { MongoConnection } from '../connection.ts';
import {
  addCounts,
  countsOf,
  noKey,
  settle,
  usageCollections,
  type UsageCollections,
  type UsageSum,
} from './usage-batches.ts';
import { createUsageWriter } from './usage-writer.ts';

const nothing: UsageTotal = { requests: 0, promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
const keyFields = ['day', 'userId', 'keyId', 'model'] as const;

/**
 * Usage as one sum per writer, day, user, key and model; reading adds the writers. When `add` rejects, nothing was added,
 * but for a batch that was stored without an answer and then read before `add` was called again.
 */
export function createMongoUsageStore(connection: MongoConnection): UsageStore {
  /** Reads what is complete: first of all, batches that a crash left are brought into the sums. */
  const read = <T>(work: (collections: UsageCollections) => Promise<T>): Promise<T> =>
    connection.run(async (database) => {
      const collections = usageCollections(database);
      for (const batch of await collections.batches.find().toArray()) await settle(collections, batch);
      return work(collections);
    });

  return {
    add: createUsageWriter(connection),
    async list(filter, { limit, after }) {
      const condition = { $and: [conditionOf(filter), ...(after === null ? [] : [earlierThan(after)])] };
      const entries = await read((collections) => readEntries(collections, condition, limit + 1));
      return toPage(entries, limit, {
        item: (entry) => entry,
        cursor: ({ day, userId, keyId, model }) => [day, userId, keyId ?? noKey, model],
      });
    },
    async total(filter) {
      const [total] = await read(({ sums }) =>
        sums.aggregate<UsageTotal>([{ $match: conditionOf(filter) }, { $group: totalOf }]).toArray(),
      );
      return total === undefined ? nothing : countsOf(total);
    },
  };
}

const totalOf = {
  _id: null,
  requests: { $sum: '$requests' },
  promptTokens: { $sum: '$promptTokens' },
  cachedTokens: { $sum: '$cachedTokens' },
  completionTokens: { $sum: '$completionTokens' },
};

function conditionOf({ from, to, userId, keyId }: UsageFilter): Filter<UsageSum> {
  return {
    day: { $gte: from, $lte: to },
    ...(userId !== null && { userId }),
    ...(keyId !== undefined && { keyId }),
  };
}

/** What comes after that place in a list: newest day first. */
function earlierThan(after: string): Filter<UsageSum> {
  const place = decodeCursor(after, ['string', 'string', 'string', 'string']) as string[];
  const isSameUpTo = (end: number) =>
    Object.fromEntries(keyFields.slice(0, end).map((field, at) => [field, place[at]]));
  return { $or: keyFields.map((field, at) => ({ ...isSameUpTo(at), [field]: { $lt: place[at] } })) };
}

/** The first `count` entries; what several writers added of one stands together. */
async function readEntries(
  { sums }: UsageCollections,
  condition: Filter<UsageSum>,
  count: number,
): Promise<UsageEntry[]> {
  const entries: UsageEntry[] = [];
  for await (const sum of sums.find(condition).sort({ day: -1, userId: -1, keyId: -1, model: -1 })) {
    const entry = toEntry(sum);
    const last = entries.at(-1);
    if (last !== undefined && isSame(last, entry)) entries[entries.length - 1] = { ...last, ...addCounts(last, entry) };
    else if (entries.length === count) break;
    else entries.push(entry);
  }
  return entries;
}

function isSame(one: UsageEntry, other: UsageEntry): boolean {
  return keyFields.every((field) => one[field] === other[field]);
}

function toEntry({ day, userId, keyId, model, ...counts }: UsageSum): UsageEntry {
  return { day, userId, keyId: keyId === noKey ? null : keyId, model, ...countsOf(counts) };
}
