import { ObjectId, type Collection, type Db } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import type { Feedback, Message, NewConversation, RatedMessage } from '../../../models/conversation.ts';
import type { Turn } from '../../../ports/conversation-store.ts';
import { messageFields, messagesOf, type ConversationRecord, type TurnRecord } from './conversation-records.ts';
import { isDuplicateKey } from '../errors.ts';
import type { NamedParts } from '../named-parts.ts';

export const conversationCollections = { records: 'conversations', parts: 'turns' };

export function conversationsIn(database: Db): Collection<ConversationRecord> {
  return database.collection(conversationCollections.records);
}

function turnsIn(database: Db): Collection<TurnRecord> {
  return database.collection(conversationCollections.parts);
}

interface TurnParts {
  database: Db;
  turns: NamedParts;
}

/** The turn first: the conversation, once it is there, has it. */
export async function createWithTurn(
  { database, turns }: TurnParts,
  { id, ...fields }: NewConversation,
  first: Turn,
): Promise<void> {
  const turn = await writeTurn(database, newTurn(id, first, turns.checkTime()));
  try {
    await conversationsIn(database).insertOne({ _id: id, ...fields, turns: 1, parts: [turn.id] });
  } catch (error) {
    if (isDuplicateKey(error) && turn.isNew) await turns.discard(database, [turn.id]);
    throw error;
  }
}

/** The turn first: naming it shows it, and gives it its place in the order, which this resolves to. */
export async function appendTurn({ database, turns }: TurnParts, id: string, turn: Turn): Promise<number> {
  const conversations = conversationsIn(database);
  await assertExists(conversations, id);
  const { id: part, isNew } = await writeTurn(database, newTurn(id, turn, turns.checkTime()));
  const changed = await conversations.findOneAndUpdate(
    { _id: id, parts: { $ne: part } },
    // The larger time: a turn that was answered first may be stored last.
    { $push: { parts: part }, $inc: { turns: 1 }, $max: { updatedAt: turn.answer.createdAt } },
    { projection: { turns: 1 }, returnDocument: 'after' },
  );
  if (changed !== null) return changed.turns;
  if (isNew) await turns.discard(database, [part]);
  await assertExists(conversations, id);
  throw new AppError('already_exists');
}

/** The last messages of a conversation, oldest first. */
export async function readMessages(database: Db, id: string, limit: number): Promise<RatedMessage[]> {
  const lastTurns = { projection: { parts: { $slice: -Math.ceil(limit / 2) } } };
  const named = (await conversationsIn(database).findOne({ _id: id }, lastTurns))?.parts ?? [];
  const found = await turnsIn(database)
    .find({ _id: { $in: named } })
    .toArray();
  const byId = new Map(found.map((turn) => [turn._id.toHexString(), turn]));
  // Turns of a conversation that is being deleted may be gone.
  const ordered = named.flatMap((part) => byId.get(part.toHexString()) ?? []);
  return ordered
    .flatMap((turn) => messagesOf(turn).map((message) => ({ ...message, rating: ratingOf(turn, message) })))
    .slice(-limit);
}

function ratingOf({ question, answer }: TurnRecord, { id }: Message): RatedMessage['rating'] {
  const record = question.id === id ? question : answer;
  return record.feedback?.rating ?? null;
}

/** Rejects with `not_found` for a message that is not one of the conversation. */
export async function writeFeedback(database: Db, id: string, { messageId, ...feedback }: Feedback): Promise<void> {
  const ofMessage = { $or: [{ 'question.id': messageId }, { 'answer.id': messageId }] };
  const turn = await turnsIn(database).findOne(ofMessage);
  if (turn === null) throw new AppError('not_found');
  const naming = await conversationsIn(database).findOne({ _id: id, parts: turn._id }, onlyId);
  if (naming === null) throw new AppError('not_found');
  const role = turn.question.id === messageId ? 'question' : 'answer';
  await turnsIn(database).updateOne({ _id: turn._id }, { $set: { [`${role}.feedback`]: feedback } });
}

const onlyId = { projection: { _id: 1 } } as const;

function newTurn(record: string, { question, answer }: Turn, checkAt: Date): TurnRecord {
  return { _id: new ObjectId(), record, checkAt, question: messageFields(question), answer: messageFields(answer) };
}

/** Writes a turn; one that is repeated because it was cut off goes on with what it left. */
async function writeTurn(database: Db, turn: TurnRecord): Promise<{ id: ObjectId; isNew: boolean }> {
  const turns = turnsIn(database);
  try {
    await turns.insertOne(turn);
    return { id: turn._id, isNew: true };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const { record, question, answer } = turn;
    const same = await turns.findOne({ record, 'question.id': question.id, 'answer.id': answer.id }, onlyId);
    if (same === null) throw error;
    return { id: same._id, isNew: false };
  }
}

async function assertExists(conversations: Collection<ConversationRecord>, id: string): Promise<void> {
  if ((await conversations.findOne({ _id: id }, onlyId)) === null) throw new AppError('not_found');
}
