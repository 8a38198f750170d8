import type { Db } from 'mongodb';

export async function personas(database: Db): Promise<void> {
  await database.collection('personas').createIndex({ updatedAt: -1, _id: 1 }, { name: 'by_change' });
}
