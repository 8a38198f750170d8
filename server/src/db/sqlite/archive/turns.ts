import type { ArchivedMessage, ArchivedTurn } from '../../../models/archive.ts';
import type { Database } from '../database.ts';
import { insertTurn, messageOf } from '../sqlite-conversation-store.ts';
import type { Row, Statement } from '../statement.ts';
import { readRows, type TableRows } from './table-rows.ts';

const messages: TableRows = {
  from: `(select messages.*, rating, comment, correction, feedback.created_at as feedback_at
    from messages left join feedback on message_id = messages.id)`,
  key: ['conversation_id', 'sequence'],
};

/** The messages of a conversation are its turns, two and two. */
export async function* readTurns(database: Database): AsyncGenerator<ArchivedTurn> {
  let question: Row | undefined;
  let conversationId = '';
  let number = 0;
  for await (const row of readRows(database, messages)) {
    if (question === undefined) {
      question = row;
      continue;
    }
    const id = row['conversation_id'] as string;
    number = id === conversationId ? number + 1 : 1;
    conversationId = id;
    yield { conversationId, number, question: toMessage(question), answer: toMessage(row) };
    question = undefined;
  }
}

export async function countTurns(database: Database): Promise<number> {
  const [row] = await database.all('select count(*) / 2 as turns from messages');
  return Number(row?.['turns']);
}

export function turnStatements({ conversationId, question, answer }: ArchivedTurn): Statement[] {
  return [...insertTurn(conversationId, { question, answer }), ...[question, answer].flatMap(feedbackStatements)];
}

function toMessage(row: Row): ArchivedMessage {
  const rating = row['rating'] as 'up' | 'down' | null;
  const feedback = rating && {
    rating,
    comment: row['comment'] as string | null,
    correction: row['correction'] as string | null,
    createdAt: new Date(row['feedback_at'] as number),
  };
  return { ...messageOf(row), feedback };
}

function feedbackStatements({ id, feedback }: ArchivedMessage): Statement[] {
  if (feedback === null) return [];
  const { rating, comment, correction, createdAt } = feedback;
  return [
    {
      sql: 'insert into feedback (message_id, rating, comment, correction, created_at) values (?, ?, ?, ?, ?)',
      values: [id, rating, comment, correction, createdAt.getTime()],
    },
  ];
}
