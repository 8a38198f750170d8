import type { TableProfile } from '../../../../models/insight.ts';
import type { QuestionFocus, QuestionOptions } from '../question-answerer.ts';
import { matchColumns } from './match-columns.ts';
import { findMembers, markMembers, type MemberMatch } from './match-members.ts';
import { matchPeriods } from './match-periods.ts';
import { readQuestion } from '../words/question-text.ts';
import type { MarkedQuestion } from '../plan/read-plan.ts';
import { startOf } from '../../profile/periods.ts';

/** Finds what a question names in a table. Values of several words go before names of columns, and those before single words. */
export async function markQuestion(
  question: string,
  { session, table, language, now }: Pick<QuestionOptions, 'session' | 'language' | 'now'> & { table: TableProfile },
): Promise<MarkedQuestion> {
  const text = readQuestion(question);
  const found = await findMembers(text, { session, table });
  const members: MemberMatch[] = [];
  markMembers(text, found, { matches: members, leastWords: 2 });
  const periods = table.time === null ? [] : matchPeriods(text, { axis: table.time, language, now });
  const columns = matchColumns(text, table);
  markMembers(text, found, { matches: members, leastWords: 1 });
  return { text, table, columns, members, periods, language };
}

/** What a question is about, whether or not it was understood. */
export function focusOf(questions: readonly MarkedQuestion[]): QuestionFocus {
  const measures = questions.flatMap(({ columns }) =>
    columns.flatMap(({ columns: fitting }) => fitting.filter(({ role }) => role === 'measure').map(({ name }) => name)),
  );
  const members = questions.flatMap(({ members: found }) =>
    found.flatMap(({ places }) => places.map(({ column, value }) => ({ column: column.name, value }))),
  );
  const periods = questions.flatMap(({ table, periods: found }) =>
    table.time === null || found[0] === undefined ? [] : [startOf(found[0].first, table.time.grain)],
  );
  return { measures: [...new Set(measures)], members, period: periods[0] ?? null };
}
