import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { IdempotencyStore, StoredReply } from '../../ports/idempotency-store.ts';
import type { Database } from './database.ts';

/**
 * Opening frees the keys of runs that a crash cut off: only one service uses a database, so nobody is running them. Their
 * repetition runs again.
 */
export async function openSqliteIdempotencyStore(database: Database): Promise<IdempotencyStore> {
  await database.run('delete from idempotency where reply is null');
  return {
    async claim(key, { fingerprint, now, expiresBefore }) {
      const claimed = await database.run(
        `insert into idempotency (key, fingerprint, claimed_at, reply) values (?, ?, ?, null)
         on conflict (key) do update set fingerprint = excluded.fingerprint, claimed_at = excluded.claimed_at, reply = null
         where claimed_at < ?`,
        [key, fingerprint, now.getTime(), expiresBefore.getTime()],
      );
      if (claimed.changes === 1) return { state: 'first' };
      const [row] = await database.all('select fingerprint, reply from idempotency where key = ?', [key]);
      if (row === undefined)
        throw new AppError('conflict', { detail: told`The request with this idempotency key just ended.` });
      const earlier = String(row['fingerprint']);
      if (row['reply'] === null) return { state: 'running', fingerprint: earlier };
      return { state: 'completed', fingerprint: earlier, reply: JSON.parse(String(row['reply'])) as StoredReply };
    },
    async complete(key, reply) {
      await database.run('update idempotency set reply = ? where key = ?', [JSON.stringify(reply), key]);
    },
    async release(key) {
      await database.run('delete from idempotency where key = ? and reply is null', [key]);
    },
    async deleteExpired(expiresBefore) {
      await database.run('delete from idempotency where claimed_at < ?', [expiresBefore.getTime()]);
    },
  };
}
