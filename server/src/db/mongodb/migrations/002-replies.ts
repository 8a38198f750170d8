import type { Db } from 'mongodb';

export async function replies(database: Db): Promise<void> {
  await database.collection('idempotency').createIndex({ claimedAt: 1 }, { name: 'by_claim' });
  await database.collection('responses').createIndex({ createdAt: 1 }, { name: 'by_creation' });
  await database.collection('response_parts').createIndex({ createdAt: 1 }, { name: 'by_creation' });
}
