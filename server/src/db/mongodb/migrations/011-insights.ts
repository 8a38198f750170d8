import type { Db } from 'mongodb';

export async function insights(database: Db): Promise<void> {
  await database.collection('datasets').createIndexes([
    { name: 'by_owner', key: { ownerId: 1, createdAt: -1, _id: -1 } },
    { name: 'by_end', key: { expiresAt: 1 } },
    { name: 'sweep', key: { sweepAt: 1 }, expireAfterSeconds: 0 },
  ]);
  await database.collection('dataset_parts').createIndexes([
    { name: 'by_data_set', key: { datasetId: 1, number: 1 } },
    { name: 'sweep', key: { sweepAt: 1 }, expireAfterSeconds: 0 },
  ]);
  await database.collection('insight_reports').createIndexes([
    { name: 'by_owner', key: { ownerId: 1, createdAt: -1, _id: -1 } },
    { name: 'by_end', key: { expiresAt: 1 } },
    { name: 'sweep', key: { sweepAt: 1 }, expireAfterSeconds: 0 },
  ]);
  await database.collection('insight_parts').createIndexes([
    { name: 'by_report', key: { reportId: 1 } },
    { name: 'sweep', key: { sweepAt: 1 }, expireAfterSeconds: 0 },
  ]);
}
