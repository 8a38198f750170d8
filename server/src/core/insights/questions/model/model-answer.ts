import { isAppError } from '../../../../errors/app-error.ts';
import type { DataAnswer, RejectionReason } from '../../../../models/insight.ts';
import type { QueryResult } from '../../../../models/table.ts';
import { hashOf } from '../../evidence/evidence.ts';
import type { WriteNarrative } from '../../narrative/narrator.ts';
import { answerResult } from '../answer/answer-result.ts';
import { describeTables, sqlPrompt, type SqlPromptInput } from './model-prompt.ts';
import type { QuestionOptions } from '../question-answerer.ts';
import { mentionsPersons } from '../words/mentions-persons.ts';

export interface ModelAnswer {
  /** null: the model did not get there. */
  answer: Omit<DataAnswer, 'text'> | null;
  rejected: readonly { reason: RejectionReason; count: number }[];
  /** Whether the model did not answer at all, or not with SQL that runs. */
  isDegraded: boolean;
}

type Options = QuestionOptions & { write: WriteNarrative };
type Attempt = { result: QueryResult } | { reason: RejectionReason; message: string };

const mostRepairs = 2;

/** Has a model write SQL, which passes the gate, and repair it twice. Nothing of what it writes is shown but the SQL. */
export async function answerWithModel(question: string, options: Options): Promise<ModelAnswer> {
  const rejected = new Map<RejectionReason, number>();
  const ended = (answer: ModelAnswer['answer'], isDegraded: boolean): ModelAnswer => {
    return { answer, isDegraded, rejected: [...rejected].map(([reason, count]) => ({ reason, count })) };
  };
  const described = await describeTables(options.session, options.tables);
  const today = options.now.toISOString().slice(0, 10);
  let failed: SqlPromptInput['failed'] = null;
  for (let attempt = 0; attempt <= mostRepairs; attempt += 1) {
    const sql = await writeSql({ question, described, about: options.about, failed, today }, options);
    if (sql === null) return ended(null, true);
    // It says that the tables do not have it.
    if (sql.trim() === '') return ended(null, false);
    const run = await runSql(sql, options);
    if ('result' in run) {
      const evidence = { id: 'q1', sql, origin: 'llm', result: run.result, hash: hashOf(run.result) } as const;
      const answer = await answerResult(evidence, options);
      if (answer !== null) return ended(answer, false);
      rejected.set('foreign_name', (rejected.get('foreign_name') ?? 0) + 1);
      failed = { sql, message: 'Give numbers, dates, and values of the columns as they are; no rows is no answer.' };
      continue;
    }
    rejected.set(run.reason, (rejected.get(run.reason) ?? 0) + 1);
    failed = { sql, message: run.message };
  }
  return ended(null, true);
}

/** null: it gave something else, or nothing. Rejects when the request ends. */
async function writeSql(input: SqlPromptInput, { write, signal }: Options): Promise<string | null> {
  try {
    const written: unknown = JSON.parse(await write(sqlPrompt(input), { signal }));
    const isSql = typeof written === 'object' && written !== null && 'sql' in written;
    return isSql && typeof written.sql === 'string' ? written.sql : null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

async function runSql(sql: string, { session, tables, signal }: Options): Promise<Attempt> {
  if (mentionsPersons(sql, tables)) {
    return { reason: 'sql_denied', message: 'Name the columns that are described; others are not shown.' };
  }
  try {
    return { result: await session.queryUntrusted(sql) };
  } catch (error) {
    if (signal.aborted) throw error;
    if (isAppError(error, 'sql_denied')) return { reason: 'sql_denied', message: error.detail ?? error.code };
    if (isAppError(error, 'sql_failed')) return { reason: 'sql_failed', message: error.detail ?? error.code };
    if (isAppError(error, 'timeout')) return { reason: 'sql_timeout', message: 'It took too long.' };
    throw error;
  }
}
