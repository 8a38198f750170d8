import { randomUUID } from 'node:crypto';
import { MongoClient, type Db, type MongoClientOptions } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { refuseUnfinishedCopy } from './archive/copy-mark.ts';
import { toAppError } from './errors.ts';
import { migrate } from './migrate.ts';
import { untilDone } from './until-done.ts';

export interface MongoConnection extends AsyncDisposable {
  /**
   * Runs `work` on the database, whose schema is up to date then. Every error of the driver arrives as an AppError:
   * `already_exists` where a unique index forbids a write, `disk_full`, and `part_unavailable` with the reason where
   * MongoDB cannot be used now. After `part_unavailable` a write may have been made or not. A call ends within some
   * seconds, whatever the server does.
   */
  run<T>(work: (database: Db) => Promise<T>): Promise<T>;
  /** Resolves when MongoDB can be used; rejects as `run` does, with the reason. */
  check(): Promise<void>;
}

export interface MongoOptions {
  /** As the setting MONGO_URL. */
  url: string;
  /** Instead of the one that the URL names. */
  database?: string;
  /** Also while a copy into it is not complete, for whoever copies. */
  duringCopy?: boolean;
}

const clientOptions: MongoClientOptions = {
  appName: 'billumy',
  // Acknowledged is what a crash or a new primary does not lose.
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
  serverSelectionTimeoutMS: 2000,
  connectTimeoutMS: 2000,
  heartbeatFrequencyMS: 1000,
  socketTimeoutMS: 5000,
  waitQueueTimeoutMS: 5000,
};

const defaultDatabase = 'billumy';
/** Between attempts to prepare the schema, so that an absent server is not asked by every call. */
const pauseMs = 1000;

/**
 * A connection to MongoDB, which need not be there yet: what is asked of it is refused until it is, and goes on by
 * itself when it is back. Throws `storage_failed` when the URL cannot be understood, and only then.
 */
export function openMongo(options: MongoOptions): MongoConnection {
  const { client, db } = createClient(options);
  const holder = randomUUID();
  const prepare = untilDone(async () => {
    // Otherwise the driver connects by itself, but not again where that failed.
    await client.connect();
    await migrate(db, { holder });
    if (options.duringCopy !== true) await refuseUnfinishedCopy(db);
  }, pauseMs);
  let closed = false;
  const run: MongoConnection['run'] = async (work) => {
    // The driver would connect anew.
    if (closed) throw new AppError('storage_failed', { cause: new Error('the connection to MongoDB is closed') });
    try {
      await prepare();
      return await work(db);
    } catch (error) {
      throw toAppError(error);
    }
  };
  return {
    run,
    async check() {
      await run((opened) => opened.command({ ping: 1 }));
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await client.close();
    },
  };
}

/** The database that MONGO_URL names in its path, or `billumy`; `URL` cannot read it where there are several hosts. */
export function databaseOf(url: string): string {
  const path = /^[^/]*\/\/[^/?]*\/([^?]+)/.exec(url)?.[1];
  return path === undefined ? defaultDatabase : decodeURIComponent(path);
}

function createClient({ url, database }: MongoOptions): { client: MongoClient; db: Db } {
  try {
    const client = new MongoClient(url, clientOptions);
    return { client, db: client.db(database ?? databaseOf(url)) };
  } catch {
    // Without a cause: the driver's message repeats the URL, in which a password may be.
    throw new AppError('storage_failed', {
      detail: told`MONGO_URL is not an address that the MongoDB driver understands.`,
    });
  }
}
