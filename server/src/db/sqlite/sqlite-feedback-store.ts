import type { Feedback } from '../../models/conversation.ts';
import type { FeedbackStore, ReviewedTurn } from '../../ports/feedback-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import type { Database } from './database.ts';
import { messageOf } from './sqlite-conversation-store.ts';
import type { Row } from './statement.ts';

const messageColumns = ['id', 'role', 'text', 'rewritten', 'answer', 'created_at'] as const;
const selected = (table: string): string =>
  messageColumns.map((column) => `${table}.${column} as ${table}_${column}`).join(', ');

/** Over the tables of the conversations. The database belongs to whoever opened it. */
export function createSqliteFeedbackStore(database: Database): FeedbackStore {
  return {
    async approved(ownerId, { limit, after }) {
      const [createdAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      // Both messages of a turn are stored at once, so the one before an answer is its question.
      const rows = await database.all(
        `select ${selected('question')}, ${selected('answer')}, feedback.*
          from feedback
          join messages answer on answer.id = feedback.message_id and answer.role = 'assistant'
          join messages question on question.sequence = (
            select max(sequence) from messages
              where conversation_id = answer.conversation_id and sequence < answer.sequence)
          join conversations on conversations.id = answer.conversation_id
          where (feedback.rating = 'up' or feedback.correction is not null)
            and (?1 is null or conversations.owner_id = ?1)
            and (?2 is null or (feedback.created_at, feedback.message_id) < (?2, ?3))
          order by feedback.created_at desc, feedback.message_id desc limit ?4`,
        [ownerId, createdAt ?? null, id ?? null, limit + 1],
      );
      return toPage(rows, limit, {
        item: turnOf,
        cursor: (row) => [row['created_at'] as number, row['message_id'] as string],
      });
    },
  };
}

function turnOf(row: Row): ReviewedTurn {
  const part = (table: string): Row =>
    Object.fromEntries(messageColumns.map((column) => [column, row[`${table}_${column}`] ?? null]));
  return { question: messageOf(part('question')), answer: messageOf(part('answer')), feedback: feedbackOf(row) };
}

function feedbackOf(row: Row): Feedback {
  return {
    messageId: row['message_id'] as string,
    rating: row['rating'] as Feedback['rating'],
    comment: row['comment'] as string | null,
    correction: row['correction'] as string | null,
    createdAt: new Date(row['created_at'] as number),
  };
}
