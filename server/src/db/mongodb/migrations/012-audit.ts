import type { Db } from 'mongodb';

export async function audit(database: Db): Promise<void> {
  await database.collection('audit').createIndex({ at: -1, _id: -1 }, { name: 'by_time' });
}
