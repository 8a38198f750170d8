import { AppError } from '../../errors/app-error.ts';
import type { Answer } from '../../models/answer.ts';
import type { Conversation, Message, NewConversation, RatedMessage } from '../../models/conversation.ts';
import type { ConversationStore, Turn } from '../../ports/conversation-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import type { Database } from './database.ts';
import type { Row, Statement } from './statement.ts';

const columns = `*, (select count(*) from messages where conversation_id = conversations.id) / 2 as turns`;

/** Conversations in tables of their own. The database belongs to whoever opened it. */
export function createSqliteConversationStore(database: Database): ConversationStore {
  return {
    async create(conversation, first) {
      await database.transaction([insertConversation(conversation), ...insertTurn(conversation.id, first)]);
    },
    async find(id) {
      const [row] = await database.all(`select ${columns} from conversations where id = ?`, [id]);
      return row === undefined ? undefined : conversationOf(row);
    },
    async list({ ownerId, endUser, keyId }, { limit, after }) {
      const [updatedAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        `select ${columns} from conversations where owner_id = ?1 and end_user is ?2
          and (?3 is null or (updated_at, id) < (?3, ?4)) and (?6 is null or key_id = ?6)
          order by updated_at desc, id desc limit ?5`,
        [ownerId, endUser, updatedAt ?? null, id ?? null, limit + 1, keyId],
      );
      return toPage(rows, limit, {
        item: conversationOf,
        cursor: (row) => [row['updated_at'] as number, row['id'] as string],
      });
    },
    async rename(id, title) {
      const rename = `update conversations set title = ? where id = ? returning ${columns}`;
      const { rows } = await database.run(rename, [title, id]);
      if (rows[0] === undefined) throw new AppError('not_found');
      return conversationOf(rows[0]);
    },
    async appendTurn(id, turn) {
      // The larger time: a turn that was answered first may be stored last.
      const touch: Statement = {
        sql: `update conversations set updated_at = max(updated_at, ?) where id = ? returning ${columns}`,
        values: [turn.answer.createdAt.getTime(), id],
        expectChanges: 1,
      };
      const stored = await database.transaction([touch, ...insertTurn(id, turn)]);
      const row = stored?.[0]?.rows[0];
      if (row === undefined) throw new AppError('not_found');
      return conversationOf(row).turns + 1;
    },
    async messages(id, limit) {
      const rows = await database.all(
        `select messages.*, feedback.rating from messages left join feedback on feedback.message_id = messages.id
          where conversation_id = ? order by sequence desc limit ?`,
        [id, limit],
      );
      return rows.toReversed().map((row) => ({ ...messageOf(row), rating: row['rating'] as RatedMessage['rating'] }));
    },
    async putFeedback(id, { messageId, rating, comment, correction, createdAt }) {
      const { changes } = await database.run(
        `insert into feedback (message_id, rating, comment, correction, created_at)
          select id, ?, ?, ?, ? from messages where id = ? and conversation_id = ?
          on conflict (message_id) do update set rating = excluded.rating, comment = excluded.comment,
            correction = excluded.correction, created_at = excluded.created_at`,
        [rating, comment, correction, createdAt.getTime(), messageId, id],
      );
      if (changes === 0) throw new AppError('not_found');
    },
    async delete(id) {
      await database.run('delete from conversations where id = ?', [id]);
    },
  };
}

export function insertConversation(conversation: NewConversation): Statement {
  const { id, ownerId, endUser, keyId, title, createdAt, updatedAt } = conversation;
  return {
    sql: `insert into conversations (id, owner_id, end_user, key_id, title, created_at, updated_at)
      values (?, ?, ?, ?, ?, ?, ?)`,
    values: [id, ownerId, endUser, keyId, title, createdAt.getTime(), updatedAt.getTime()],
  };
}

export function insertTurn(conversationId: string, { question, answer }: Turn): Statement[] {
  return [question, answer].map((message) => ({
    sql: `insert into messages (id, conversation_id, role, text, rewritten, answer, created_at)
      values (?, ?, ?, ?, ?, ?, ?)`,
    values: [
      message.id,
      conversationId,
      message.role,
      message.text,
      message.rewritten,
      message.answer === null ? null : JSON.stringify(message.answer),
      message.createdAt.getTime(),
    ],
  }));
}

function conversationOf(row: Row): Conversation {
  return { ...toConversation(row), turns: row['turns'] as number };
}

export function toConversation(row: Row): NewConversation {
  return {
    id: row['id'] as string,
    ownerId: row['owner_id'] as string,
    endUser: row['end_user'] as string | null,
    keyId: row['key_id'] as string | null,
    title: row['title'] as string,
    createdAt: new Date(row['created_at'] as number),
    updatedAt: new Date(row['updated_at'] as number),
  };
}

export function messageOf(row: Row): Message {
  const answer = row['answer'] as string | null;
  return {
    id: row['id'] as string,
    role: row['role'] as Message['role'],
    text: row['text'] as string,
    createdAt: new Date(row['created_at'] as number),
    rewritten: row['rewritten'] as string | null,
    answer: answer === null ? null : (JSON.parse(answer) as Answer),
  };
}
