import type { Db } from 'mongodb';

export async function documents(database: Db): Promise<void> {
  await database.collection('documents').createIndexes([
    { name: 'by_identity', key: { identity: 1 }, unique: true },
    { name: 'by_creation', key: { createdAt: -1, _id: -1 } },
    { name: 'by_status', key: { 'latest.status': 1, createdAt: -1, _id: -1 } },
    { name: 'by_collection', key: { 'shown.collection': 1, createdAt: -1, _id: -1 } },
  ]);
  await database
    .collection('document_revisions')
    .createIndexes([{ name: 'to_check', key: { checkAt: 1 }, sparse: true }]);
  for (const bucket of ['originals', 'texts']) {
    await database.collection(`${bucket}.files`).createIndex({ filename: 1, uploadDate: 1 });
    await database.collection(`${bucket}.chunks`).createIndex({ files_id: 1, n: 1 }, { unique: true });
  }
}
