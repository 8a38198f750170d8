import { setTimeout as delay } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import { ignoreDuplicateKey, retryAfterSeconds } from './errors.ts';
import { migrations, type Migration } from './migrations/index.ts';

/** The one record of the collection `schema`. */
interface SchemaRecord {
  _id: 'schema';
  /** How many steps were made. */
  version: number;
  /** Who makes the next step now; of no worth after `leasedUntil`, by the clock of the service that took it. */
  holder: string | null;
  leasedUntil: Date;
}

interface MigrateOptions {
  /** Who asks, as one connection: it takes up again what it was cut off from. */
  holder: string;
  steps?: readonly Migration[];
  patienceMs?: number;
}

const leaseMs = 60_000;
const pollMs = 100;
const defaultPatienceMs = 4000;

/**
 * Brings the schema to the newest version, each step by one service at a time, of however many start at once. A step
 * that a crash cut off is made again, so steps must bear that. Rejects with `part_unavailable` when a newer version of
 * the product was here, and when another service is not done within `patienceMs`.
 */
export async function migrate(
  database: Db,
  { holder, steps = migrations, patienceMs = defaultPatienceMs }: MigrateOptions,
): Promise<void> {
  const schema = database.collection<SchemaRecord>('schema');
  const deadline = performance.now() + patienceMs;
  while ((await schemaVersion(schema, steps.length)) < steps.length) {
    if (await migrateOnce(database, { schema, holder, steps })) continue;
    if (performance.now() > deadline) {
      throw new AppError('part_unavailable', {
        trouble: 'mongodb_migrating',
        detail: 'Another service is bringing the schema in MongoDB up to date: wait until it is done.',
        retryAfterSeconds,
      });
    }
    await delay(pollMs);
  }
}

async function schemaVersion(schema: Collection<SchemaRecord>, known: number): Promise<number> {
  const version = (await schema.findOne({ _id: 'schema' }))?.version ?? 0;
  if (version <= known) return version;
  throw new AppError('part_unavailable', {
    trouble: 'mongodb_newer_data',
    detail: `The data in MongoDB was written by a newer version of Billumy (schema ${version}; this version knows ${known}): start that version.`,
    retryAfterSeconds,
  });
}

/** Makes the next step; false while another service holds the lease. */
async function migrateOnce(
  database: Db,
  { schema, holder, steps }: { schema: Collection<SchemaRecord>; holder: string; steps: readonly Migration[] },
): Promise<boolean> {
  const record = await takeLease(schema, holder);
  if (record === undefined) return false;
  const release = { holder: null, leasedUntil: new Date(0) };
  const step = steps[record.version];
  try {
    await step?.(database);
  } catch (error) {
    await schema.updateOne({ _id: 'schema', holder }, { $set: release }).catch(() => undefined);
    throw error;
  }
  const made = step === undefined ? {} : { version: record.version + 1 };
  await schema.updateOne({ _id: 'schema', holder }, { $set: { ...release, ...made } });
  return true;
}

async function takeLease(schema: Collection<SchemaRecord>, holder: string): Promise<SchemaRecord | undefined> {
  const fresh = { version: 0, holder: null, leasedUntil: new Date(0) };
  await schema.updateOne({ _id: 'schema' }, { $setOnInsert: fresh }, { upsert: true }).catch(ignoreDuplicateKey);
  const now = Date.now();
  const record = await schema.findOneAndUpdate(
    { _id: 'schema', $or: [{ holder }, { leasedUntil: { $lt: new Date(now) } }] },
    { $set: { holder, leasedUntil: new Date(now + leaseMs) } },
    { returnDocument: 'after' },
  );
  return record ?? undefined;
}
