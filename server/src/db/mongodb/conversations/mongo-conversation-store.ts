import { AppError } from '../../../errors/app-error.ts';
import type { ConversationStore } from '../../../ports/conversation-store.ts';
import { toPage } from '../../cursor.ts';
import type { MongoConnection } from '../connection.ts';
import { conversationOf, type ConversationRecord, type ListedConversation } from './conversation-records.ts';
import {
  appendTurn,
  conversationCollections,
  conversationsIn,
  createWithTurn,
  readMessages,
  writeFeedback,
} from './conversation-turns.ts';
import { openNamedParts } from '../named-parts.ts';
import { following, newestFirst, placeOf } from '../newest-first.ts';

export interface MongoConversationStoreOptions {
  connection: MongoConnection;
  now: () => Date;
}

/**
 * A turn is a document of its own, with both messages and their feedback, and the record of the conversation names its
 * turns in order. What a crash left is removed in the background, until the store is closed.
 */
export function openMongoConversationStore(
  options: MongoConversationStoreOptions,
): ConversationStore & AsyncDisposable {
  const { run } = options.connection;
  const turns = openNamedParts({ ...options, collections: conversationCollections });
  return {
    create: (conversation, first) => run((database) => createWithTurn({ database, turns }, conversation, first)),
    async find(id) {
      const record = await run((database) =>
        conversationsIn(database).findOne<ListedConversation>({ _id: id }, listed),
      );
      return record === null ? undefined : conversationOf(record);
    },
    async list({ ownerId, endUser, keyId }, page) {
      const ofKey = keyId === null ? {} : { keyId };
      const condition = { ownerId, endUser, ...ofKey, ...following<ConversationRecord>('updatedAt', page) };
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
      const renaming = { $set: { title } };
      const renamed = await run((database) =>
        conversationsIn(database).findOneAndUpdate({ _id: id }, renaming, { ...listed, returnDocument: 'after' }),
      );
      if (renamed === null) throw new AppError('not_found');
      return conversationOf(renamed);
    },
    appendTurn: (id, turn) => run((database) => appendTurn({ database, turns }, id, turn)),
    messages: (id, limit) => run((database) => readMessages(database, id, limit)),
    putFeedback: (id, feedback) => run((database) => writeFeedback(database, id, feedback)),
    delete: (id) => run((database) => turns.remove(database, id)),
    [Symbol.asyncDispose]: () => turns[Symbol.asyncDispose](),
  };
}

const listed = { projection: { parts: 0 } };
