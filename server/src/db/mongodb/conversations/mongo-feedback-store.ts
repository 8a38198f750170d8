import type { Db, Filter } from 'mongodb';
import type { PageRequest } from '../../../models/page.ts';
import type { FeedbackStore, ReviewedTurn } from '../../../ports/feedback-store.ts';
import { decodeCursor, toPage } from '../../cursor.ts';
import type { MongoConnection } from '../connection.ts';
import { messagesOf, type TurnRecord } from './conversation-records.ts';
import { conversationCollections, conversationsIn } from './conversation-turns.ts';

/** Over the turns of the conversations, in which their feedback is. The connection belongs to whoever opened it. */
export function createMongoFeedbackStore({ connection }: { connection: MongoConnection }): FeedbackStore {
  return {
    approved: (ownerId, page) =>
      connection.run(async (database) => {
        const turns = await approvedTurns(database, page);
        const seen = await turnsOf(database, { ownerId, turns });
        const { items, next } = toPage(turns, page.limit, {
          item: (turn) => turn,
          cursor: ({ answer }) => [answer.feedback?.createdAt.getTime() ?? 0, answer.id],
        });
        return { items: items.filter((turn) => seen.has(turn._id.toHexString())).map(reviewed), next };
      }),
  };
}

const time = 'answer.feedback.createdAt';

function approvedTurns(database: Db, { limit, after }: PageRequest): Promise<TurnRecord[]> {
  const isApproved = {
    $or: [{ 'answer.feedback.rating': 'up' }, { 'answer.feedback.correction': { $type: 'string' } }],
  };
  const condition = { [time]: { $exists: true }, $and: [isApproved, ...following(after)] } as Filter<TurnRecord>;
  return database
    .collection<TurnRecord>(conversationCollections.parts)
    .find(condition, { sort: { [time]: -1, 'answer.id': -1 }, limit: limit + 1 })
    .toArray();
}

function following(after: string | null): object[] {
  if (after === null) return [];
  const [milliseconds, id] = decodeCursor(after, ['number', 'string']);
  const last = new Date(milliseconds as number);
  return [{ $or: [{ [time]: { $lt: last } }, { [time]: last, 'answer.id': { $lt: id } }] }];
}

/** Those that a conversation of the owner names: one that none names was deleted, or never came about. */
async function turnsOf(
  database: Db,
  { ownerId, turns }: { ownerId: string | null; turns: readonly TurnRecord[] },
): Promise<ReadonlySet<string>> {
  const condition = { _id: { $in: turns.map(({ record }) => record) }, ...(ownerId === null ? {} : { ownerId }) };
  const named = await conversationsIn(database)
    .find(condition, { projection: { parts: 1 } })
    .toArray();
  return new Set(named.flatMap(({ parts }) => parts.map((part) => part.toHexString())));
}

function reviewed({ question, answer }: TurnRecord): ReviewedTurn {
  const [asked, answered] = messagesOf({ question, answer });
  if (asked === undefined || answered === undefined || answer.feedback === null) {
    throw new Error('a turn with feedback has a question and an answer');
  }
  return { question: asked, answer: answered, feedback: { messageId: answer.id, ...answer.feedback } };
}
