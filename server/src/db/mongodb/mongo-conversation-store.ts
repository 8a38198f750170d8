import { ObjectId, type Collection, type Db } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import type { ConversationStore, Turn } from '../../ports/conversation-store.ts';
import { toPage } from '../cursor.ts';
import type { MongoConnection } from './connection.ts';
import {
  conversationOf,
  messageFields,
  messagesOf,
  type ConversationRecord,
  type ListedConversation,
  type TurnRecord,
} from './conversation-records.ts';
import { isDuplicateKey } from './errors.ts';
import { openNamedParts } from './named-parts.ts';
import { following, newestFirst, placeOf } from './newest-first.ts';

export interface MongoConversationStoreOptions {
  connection: MongoConnection;
  now: () => Date;
}

const collections = { records: 'conversations', parts: 'turns' };

/**
 * A turn is a document of its own, with both messages; the write by which the conversation comes to name it shows it,
 * and gives it its place in the order. Feedback is in the turn. What a crash left is removed in the background.
 */
export function openMongoConversationStore({
  connection,
  now,
}: MongoConversationStoreOptions): ConversationStore & AsyncDisposable {
  const { run } = connection;
  const turns = openNamedParts({ connection, now, collections });
  const writeTurn = async (database: Db, record: string, { question, answer }: Turn): Promise<ObjectId> => {
    const turn: TurnRecord = {
      _id: new ObjectId(),
      record,
      checkAt: turns.checkTime(),
      question: messageFields(question),
      answer: messageFields(answer),
    };
    await turnsIn(database).insertOne(turn);
    return turn._id;
  };

  return {
    create({ id, ...fields }, first) {
      return run(async (database) => {
        const turn = await writeTurn(database, id, first);
        try {
          await conversationsIn(database).insertOne({ _id: id, ...fields, turns: 1, parts: [turn] });
        } catch (error) {
          if (isDuplicateKey(error)) await turns.discard(database, [turn]);
          throw error;
        }
      });
    },
    async find(id) {
      const record = await run((database) =>
        conversationsIn(database).findOne<ListedConversation>({ _id: id }, listed),
      );
      return record === null ? undefined : conversationOf(record);
    },
    async list({ ownerId, endUser }, page) {
      const condition = { ownerId, endUser, ...following<ConversationRecord>('updatedAt', page) };
      const records = await run((database) =>
        conversationsIn(database)
          .find<ListedConversation>(condition, { ...listed, ...newestFirst('updatedAt', page) })
          .toArray(),
      );
      return toPage(records, page.limit, {
        item: conversationOf,
        cursor: (record) => placeOf(record, record.updatedAt),
      });
    },
    async rename(id, title) {
      const renamed = await run((database) =>
        conversationsIn(database).findOneAndUpdate(
          { _id: id },
          { $set: { title } },
          { ...listed, returnDocument: 'after' },
        ),
      );
      if (renamed === null) throw new AppError('not_found');
      return conversationOf(renamed);
    },
    appendTurn(id, turn) {
      return run(async (database) => {
        await assertExists(conversationsIn(database), id);
        const part = await writeTurn(database, id, turn);
        const changed = await conversationsIn(database).findOneAndUpdate(
          { _id: id },
          // The larger time: a turn that was answered first may be stored last.
          { $push: { parts: part }, $inc: { turns: 1 }, $max: { updatedAt: turn.answer.createdAt } },
          { ...listed, returnDocument: 'after' },
        );
        if (changed !== null) return changed.turns;
        await turns.discard(database, [part]);
        throw new AppError('not_found');
      });
    },
    messages(id, limit) {
      return run(async (database) => {
        const lastTurns = { projection: { parts: { $slice: -Math.ceil(limit / 2) } } };
        const named = (await conversationsIn(database).findOne({ _id: id }, lastTurns))?.parts ?? [];
        const found = await turnsIn(database)
          .find({ _id: { $in: named } })
          .toArray();
        const byId = new Map(found.map((turn) => [turn._id.toHexString(), turn]));
        // Turns of a conversation that is being deleted may be gone.
        const ordered = named.flatMap((part) => byId.get(part.toHexString()) ?? []);
        return ordered.flatMap(messagesOf).slice(-limit);
      });
    },
    putFeedback(id, { messageId, ...feedback }) {
      return run(async (database) => {
        const turn = await findTurn(database, id, messageId);
        if (turn === undefined) throw new AppError('not_found');
        const role = turn.question.id === messageId ? 'question' : 'answer';
        await turnsIn(database).updateOne({ _id: turn._id }, { $set: { [`${role}.feedback`]: feedback } });
      });
    },
    delete: (id) => run((database) => turns.remove(database, id)),
    [Symbol.asyncDispose]: () => turns[Symbol.asyncDispose](),
  };
}

const listed = { projection: { parts: 0 } };

function conversationsIn(database: Db): Collection<ConversationRecord> {
  return database.collection(collections.records);
}

function turnsIn(database: Db): Collection<TurnRecord> {
  return database.collection(collections.parts);
}

/** A conversation that is not there is told before anything is written. */
async function assertExists(conversations: Collection<ConversationRecord>, id: string): Promise<void> {
  const found = await conversations.findOne({ _id: id }, { projection: { _id: 1 } });
  if (found === null) throw new AppError('not_found');
}

/** The turn of a message, if it is one of the conversation. */
async function findTurn(database: Db, id: string, messageId: string): Promise<TurnRecord | undefined> {
  const ofMessage = { $or: [{ 'question.id': messageId }, { 'answer.id': messageId }] };
  const turn = await turnsIn(database).findOne(ofMessage);
  if (turn === null) return undefined;
  const named = await conversationsIn(database).findOne({ _id: id, parts: turn._id }, { projection: { _id: 1 } });
  return named === null ? undefined : turn;
}
