import type { Db } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ArchivedMessage, ArchivedTurn } from '../../../models/archive.ts';
import type { NewConversation } from '../../../models/conversation.ts';
import type { MongoConnection } from '../connection.ts';
import {
  messageFields,
  messagesOf,
  type ConversationRecord,
  type TurnRecord,
} from '../conversations/conversation-records.ts';
import { derivedId } from './derived-id.ts';
import { readInOrder } from './ordered-records.ts';

const collection = 'conversations';
const turnsAtOnce = 100;

export async function* readConversations(connection: MongoConnection): AsyncGenerator<NewConversation> {
  for await (const record of readInOrder<ConversationRecord>(connection, { collection })) {
    const { _id: id, ownerId, endUser, keyId = null, title, createdAt, updatedAt } = record;
    yield { id, ownerId, endUser, keyId, title, createdAt, updatedAt };
  }
}

/** Without turns, which are added one after the other. */
export async function writeConversations(database: Db, conversations: readonly NewConversation[]): Promise<void> {
  const records = conversations.map(({ id, ...fields }) => ({ ...fields, _id: id, turns: 0, parts: [] }));
  await database.collection<ConversationRecord>(collection).insertMany(records);
}

export async function* readTurns(connection: MongoConnection): AsyncGenerator<ArchivedTurn> {
  for await (const { _id, parts } of readInOrder<ConversationRecord>(connection, { collection })) {
    for (let start = 0; start < parts.length; start += turnsAtOnce) {
      const named = parts.slice(start, start + turnsAtOnce);
      const found = await connection.run((database) =>
        database
          .collection<TurnRecord>('turns')
          .find({ _id: { $in: named } })
          .toArray(),
      );
      const byId = new Map(found.map((turn) => [turn._id.toHexString(), turn]));
      for (const [index, part] of named.entries()) {
        const turn = byId.get(part.toHexString());
        if (turn !== undefined) yield toTurn(turn, { conversationId: _id, number: start + index + 1 });
      }
    }
  }
}

export async function countTurns(connection: MongoConnection): Promise<number> {
  const total = [{ $group: { _id: null, turns: { $sum: '$turns' } } }];
  const [counted] = await connection.run((database) =>
    database.collection(collection).aggregate<{ turns: number }>(total).toArray(),
  );
  return counted?.turns ?? 0;
}

/** Turns are written first, and seen when their conversation names them; it takes them only in their places. */
export async function writeTurns(database: Db, turns: readonly ArchivedTurn[]): Promise<void> {
  const records = turns.map(toRecord);
  await database.collection<TurnRecord>('turns').bulkWrite(
    records.map((record) => ({
      replaceOne: { filter: { _id: record._id }, replacement: withoutId(record), upsert: true },
    })),
  );
  const namings = turns.map(({ conversationId, number }, index) => ({
    updateOne: {
      filter: { _id: conversationId, turns: number - 1 },
      update: { $push: { parts: records[index]!._id }, $inc: { turns: 1 } },
    },
  }));
  const { matchedCount } = await database.collection<ConversationRecord>(collection).bulkWrite(namings);
  if (matchedCount !== turns.length)
    throw new AppError('conflict', { detail: told`A turn is not the next of any conversation.` });
}

function withoutId({ _id, ...record }: TurnRecord): Omit<TurnRecord, '_id'> {
  return record;
}

function toRecord({ conversationId, number, question, answer }: ArchivedTurn): TurnRecord {
  return {
    _id: derivedId('turn', conversationId, number),
    record: conversationId,
    question: toFields(question),
    answer: toFields(answer),
  };
}

function toFields({ feedback, ...message }: ArchivedMessage): TurnRecord['question'] {
  return { ...messageFields(message), feedback };
}

function toTurn(turn: TurnRecord, place: Pick<ArchivedTurn, 'conversationId' | 'number'>): ArchivedTurn {
  const [question, answer] = messagesOf(turn);
  return {
    ...place,
    question: { ...question!, feedback: turn.question.feedback },
    answer: { ...answer!, feedback: turn.answer.feedback },
  };
}
