import type { Db } from 'mongodb';

/** Few turns have feedback: the index holds those only. */
export async function feedback(database: Db): Promise<void> {
  await database.collection('turns').createIndexes([
    {
      name: 'by_feedback',
      key: { 'answer.feedback.createdAt': -1, 'answer.id': -1 },
      partialFilterExpression: { 'answer.feedback.createdAt': { $exists: true } },
    },
  ]);
}
