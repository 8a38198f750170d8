import type { Db } from 'mongodb';

export async function conversations(database: Db): Promise<void> {
  await database
    .collection('conversations')
    .createIndexes([{ name: 'by_change', key: { ownerId: 1, endUser: 1, updatedAt: -1, _id: -1 } }]);
  await database.collection('turns').createIndexes([
    { name: 'by_question', key: { 'question.id': 1 }, unique: true },
    { name: 'by_answer', key: { 'answer.id': 1 }, unique: true },
    { name: 'to_check', key: { checkAt: 1 }, sparse: true },
  ]);
}
