import type { Db } from 'mongodb';

export async function usage(database: Db): Promise<void> {
  await database.collection('usage').createIndexes([
    { name: 'by_day', key: { day: -1, userId: -1, keyId: -1, model: -1 } },
    { name: 'by_user', key: { userId: 1, day: -1, keyId: -1, model: -1 } },
  ]);
}
