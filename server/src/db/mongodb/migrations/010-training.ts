import type { Db } from 'mongodb';

export async function training(database: Db): Promise<void> {
  await database.collection('training_parts').createIndexes([
    { name: 'by_set', key: { setId: 1, number: 1 } },
    { name: 'by_creation', key: { createdAt: 1 } },
  ]);
  await database.collection('training_versions').createIndex({ createdAt: -1, _id: -1 }, { name: 'by_creation' });
}
