import type { Db } from 'mongodb';

/** What has an end is removed by MongoDB itself, should no service be there to do it. */
export async function sweeps(database: Db): Promise<void> {
  for (const name of ['idempotency', 'responses', 'response_parts', 'logins', 'refresh_tokens']) {
    await database.collection(name).createIndex({ sweepAt: 1 }, { name: 'sweep', expireAfterSeconds: 0 });
  }
}
