import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Claim, IdempotencyStore, StoredReply } from '../../ports/idempotency-store.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './errors.ts';
import { openRenewal } from './renewal.ts';
import { sweepTime } from './sweep-time.ts';

export interface ClaimRecord {
  _id: string;
  fingerprint: string;
  claimedAt: Date;
  /** Which service runs the request, and when it last said so. */
  runner: string;
  aliveAt: Date;
  /** As JSON; null while the first run is under way. */
  reply: string | null;
  sweepAt?: Date;
}

interface IdempotencyOptions {
  /** By which services tell each other that they are alive: real time, unless a test has its own. */
  now?: () => Date;
}

const renewEveryMs = 15_000;
const deadAfterMs = 60_000;
/** Replies are repeated for a day. */
const keptMs = 24 * 60 * 60 * 1000;

/**
 * While a request runs, its service renews the claim. The claim of a service that fell silent for a minute is free, as a
 * crash has cut the run off: its repetition runs again.
 */
export function createMongoIdempotencyStore(
  connection: MongoConnection,
  { now: clock = () => new Date() }: IdempotencyOptions = {},
): IdempotencyStore {
  const runner = randomUUID();
  const withClaims = <T>(work: (claims: Collection<ClaimRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(database.collection('idempotency')));
  const running = openRenewal(renewEveryMs, async (keys) => {
    await withClaims((claims) =>
      claims.updateMany({ _id: { $in: keys }, runner, reply: null }, { $set: { aliveAt: clock() } }),
    );
  });

  return {
    async claim(key, { fingerprint, now, expiresBefore }) {
      const aliveAt = clock();
      const deadBefore = new Date(aliveAt.getTime() - deadAfterMs);
      const sweepAt = sweepTime(now.getTime() + keptMs);
      const own = { fingerprint, claimedAt: now, runner, aliveAt, reply: null, sweepAt };
      const claim = await withClaims(async (claims): Promise<Claim> => {
        if (await insert(claims, { _id: key, ...own })) return { state: 'first' };
        const free = [{ claimedAt: { $lt: expiresBefore } }, { reply: null, aliveAt: { $lt: deadBefore } }];
        const { matchedCount } = await claims.updateOne({ _id: key, $or: free }, { $set: own });
        return matchedCount === 1 ? { state: 'first' } : claimOf(await claims.findOne({ _id: key }));
      });
      if (claim.state === 'first') running.add(key);
      return claim;
    },
    async complete(key, reply) {
      running.remove(key);
      await withClaims((claims) => claims.updateOne({ _id: key, runner }, { $set: { reply: JSON.stringify(reply) } }));
    },
    async release(key) {
      running.remove(key);
      await withClaims((claims) => claims.deleteOne({ _id: key, runner, reply: null }));
    },
    async deleteExpired(expiresBefore) {
      await withClaims((claims) => claims.deleteMany({ claimedAt: { $lt: expiresBefore } }));
    },
  };
}

async function insert(claims: Collection<ClaimRecord>, record: ClaimRecord): Promise<boolean> {
  try {
    await claims.insertOne(record);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

function claimOf(record: ClaimRecord | null): Claim {
  if (record === null) {
    throw new AppError('conflict', { detail: told`The request with this idempotency key just ended.` });
  }
  const { fingerprint, reply } = record;
  if (reply === null) return { state: 'running', fingerprint };
  return { state: 'completed', fingerprint, reply: JSON.parse(reply) as StoredReply };
}
