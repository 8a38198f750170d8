import type { Db } from 'mongodb';

export async function jobs(database: Db): Promise<void> {
  await database.collection('jobs').createIndexes([
    { name: 'by_creation', key: { createdAt: -1, _id: -1 } },
    { name: 'by_status', key: { status: 1, createdAt: 1, _id: 1 } },
  ]);
}
