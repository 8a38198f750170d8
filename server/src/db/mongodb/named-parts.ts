import type { Collection, Db, ObjectId } from 'mongodb';
import type { MongoConnection } from './connection.ts';

/**
 * A record whose parts are too large to be in it. A part is written first and seen by nobody; the write by which the
 * record comes to name it shows it. So a crash leaves parts that no record names, never a record without its parts.
 */
export interface RecordOfParts {
  _id: string;
  /** In order. */
  parts: ObjectId[];
}

export interface Part {
  _id: ObjectId;
  /** The record that names it, or is to. */
  record: string;
  /** When to look whether the record names it; absent when it was seen to do so. */
  checkAt?: Date;
}

export interface NamedPartsOptions {
  connection: MongoConnection;
  now: () => Date;
  /** The names of the collections. */
  collections: { records: string; parts: string };
  /** What belongs to parts beside their own documents; removed before these. */
  removeContent?: (database: Db, parts: readonly ObjectId[]) => Promise<void>;
}

export interface NamedParts extends AsyncDisposable {
  /** The `checkAt` of a part that is written now. */
  checkTime(): Date;
  discard(database: Db, parts: readonly ObjectId[]): Promise<void>;
  /** Removes a record, then its parts; removing what is not there is fine. */
  remove(database: Db, id: string): Promise<void>;
}

/** Longer than anything may take between writing a part and naming it, and than the clocks of services may differ. */
const checkAfterMs = 24 * 60 * 60 * 1000;
const sweepEveryMs = 60 * 60 * 1000;
const sweptAtOnce = 200;

/** Now and every hour, until it is closed, parts are removed that no record names a day after they were written. */
export function openNamedParts({ connection, now, collections, removeContent }: NamedPartsOptions): NamedParts {
  const collectionsOf = (database: Db): Collections => ({
    records: database.collection<RecordOfParts>(collections.records),
    parts: database.collection<Part>(collections.parts),
  });
  const checkTime = (): Date => new Date(now().getTime() + checkAfterMs);
  const discard: NamedParts['discard'] = async (database, parts) => {
    if (parts.length === 0) return;
    await removeContent?.(database, parts);
    await collectionsOf(database).parts.deleteMany({ _id: { $in: [...parts] } });
  };
  const sweepSome = async (database: Db): Promise<number> => {
    const { unnamed, count } = await checkDue(collectionsOf(database), now());
    await discard(database, unnamed);
    return count;
  };
  const sweeper = startSweeper(() => connection.run(sweepSome));

  return {
    checkTime,
    discard,
    async remove(database, id) {
      const { records, parts } = collectionsOf(database);
      const record = await records.findOne({ _id: id }, onlyParts);
      if (record === null) return;
      // Should a crash come between record and parts, the sweep finds these.
      await parts.updateMany({ _id: { $in: record.parts } }, { $set: { checkAt: checkTime() } });
      const removed = await records.findOneAndDelete({ _id: id }, onlyParts);
      if (removed !== null) await discard(database, removed.parts);
    },
    [Symbol.asyncDispose]: () => sweeper[Symbol.asyncDispose](),
  };
}

interface Collections {
  records: Collection<RecordOfParts>;
  parts: Collection<Part>;
}

const onlyParts = { projection: { parts: 1 } } as const;

/** Looks at some of the parts that are due; those that are named are never looked at again. */
async function checkDue({ records, parts }: Collections, at: Date): Promise<{ unnamed: ObjectId[]; count: number }> {
  const due = { checkAt: { $lte: at } };
  const checked = await parts
    .find(due, { projection: { record: 1 } })
    .limit(sweptAtOnce)
    .toArray();
  const ids = [...new Set(checked.map(({ record }) => record))];
  const naming = await records.find({ _id: { $in: ids } }, onlyParts).toArray();
  const names = new Set(naming.flatMap((record) => record.parts.map((part) => part.toHexString())));
  const isNamed = ({ _id }: Part): boolean => names.has(_id.toHexString());
  const named = checked.filter(isNamed).map(({ _id }) => _id);
  // Those that were marked again meanwhile, because their record is being removed, keep the mark.
  if (named.length > 0) await parts.updateMany({ _id: { $in: named }, ...due }, { $unset: { checkAt: '' } });
  const unnamed = checked.filter((part) => !isNamed(part)).map(({ _id }) => _id);
  return { unnamed, count: checked.length };
}

function startSweeper(sweepSome: () => Promise<number>): AsyncDisposable {
  const stopping = new AbortController();
  const sweep = async (): Promise<void> => {
    try {
      while (!stopping.signal.aborted && (await sweepSome()) === sweptAtOnce);
    } catch {
      // What could not be swept now is swept in an hour.
    }
  };
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep);
  }, sweepEveryMs).unref();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      clearInterval(timer);
      await sweeping;
    },
  };
}
