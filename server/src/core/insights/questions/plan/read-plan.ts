import type { ColumnProfile, TableProfile } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import { fold } from '../../../retrieval/fold.ts';
import { assemblePlan } from './assemble-plan.ts';
import { isFunctionWord } from '../words/function-words.ts';
import { readIntents, type Intents } from './intents.ts';
import { similarColumns, type ColumnMatch } from '../match/match-columns.ts';
import type { MemberMatch } from '../match/match-members.ts';
import { lastKnownDay } from '../match/match-periods.ts';
import type { PlanParts } from './plan-parts.ts';
import type { Filter, Period, Unclear, Understanding } from './plan.ts';
import type { QuestionText } from '../words/question-text.ts';

/** A question whose columns, values and periods are marked. */
export interface MarkedQuestion {
  text: QuestionText;
  table: TableProfile;
  columns: readonly ColumnMatch[];
  members: readonly MemberMatch[];
  periods: readonly Period[];
  language: Language;
}

/** What the question asks for. Every word of it counts: what was not understood is the answer then. */
export function readPlan(question: MarkedQuestion): Understanding {
  const ambiguous = findAmbiguity(question);
  if (ambiguous !== null) return { unclear: ambiguous };
  takeQualifiers(question);
  const intents = readIntents(question.text, question.language);
  const left = question.text.left();
  const unknown = left.filter((word) => !word.startsWith('@') && !isFunctionWord(fold(word), question.language));
  if (unknown.length > 0) {
    const suggestions = similarColumns(unknown.map(fold), question.table);
    return { unclear: { kind: 'unknown_words', words: unknown, suggestions } };
  }
  const marks = left.filter((word) => word.startsWith('@'));
  const parts = partsOf(question, { intents, marks });
  return parts === null ? { unclear: { kind: 'combination' } } : assemblePlan(parts);
}

function findAmbiguity({ text, columns, members }: MarkedQuestion): Unclear | null {
  for (const { from, to, columns: fitting } of columns) {
    if (fitting.length > 1) return { kind: 'several_columns', words: wordsFrom(text, { from, to }), columns: fitting };
  }
  for (const { places, from, to } of members) {
    const fitting = [...new Set(places.map(({ column }) => column))];
    if (fitting.length > 1) return { kind: 'several_members', value: wordsFrom(text, { from, to }), columns: fitting };
  }
  return null;
}

function wordsFrom({ original, tokens }: QuestionText, { from, to }: { from: number; to: number }): string {
  return original.slice(tokens[from]?.start, tokens[to]?.end);
}

/** "Região Sul" and "Airport station" say the column only to say which South, and which airport, is meant. */
function takeQualifiers({ text, columns, members }: MarkedQuestion): void {
  for (const [index, { places }] of members.entries()) {
    const column = columns.findIndex(({ columns: [named] }) => named !== undefined && named === places[0]?.column);
    if (column < 0) continue;
    const [mark, member] = [`@cd${String(column)}`, `@m${String(index)}`];
    text.take(new RegExp(`${mark}(?= (?:(?:de|da|do|of|the) )?${member}(?![^ ]))|(?<=${member} )${mark}`));
  }
}

function partsOf(
  question: MarkedQuestion,
  { intents, marks }: { intents: Intents; marks: readonly string[] },
): PlanParts | null {
  const numbered = (prefix: string): number[] =>
    marks.flatMap((mark) => (mark.startsWith(prefix) ? [Number(mark.slice(prefix.length))] : []));
  const columnAt = (index: number): ColumnProfile[] => question.columns[index]?.columns.slice(0, 1) ?? [];
  const columnsOf = (prefix: string): ColumnProfile[] => [...new Set(numbered(prefix).flatMap(columnAt))];
  const truths = (indexes: readonly number[], value: string): Filter[] =>
    indexes.flatMap(columnAt).map((column) => ({ kind: 'members', column, values: [value], isExcluded: false }));
  const spanned = spanOf(question, intents);
  const periods = spanned ?? numbered('@p').flatMap((index) => question.periods[index] ?? []);
  if (spanned !== null && numbered('@p').length > 0) return null;
  // "Opened in 2025": by the column of the axis. Another day, or one without a period, says nothing that is known.
  const isAxis = ({ name }: ColumnProfile): boolean => name === question.table.time?.column && periods.length > 0;
  if (!columnsOf('@ct').every(isAxis)) return null;
  return {
    table: question.table,
    intents,
    columnAt: (index) => columnAt(index)[0] ?? null,
    measures: columnsOf('@cm'),
    groups: columnsOf('@cd'),
    isOfRows: marks.includes('@t'),
    filters: [
      ...membersOf(question, { indexes: numbered('@m'), isExcluded: false }),
      ...membersOf(question, { indexes: intents.excluded, isExcluded: true }),
      ...truths(numbered('@cb'), 'true'),
      ...truths(intents.negated, 'false'),
      ...intents.numberFilters.flatMap(({ column, comparison, numbers }): Filter[] =>
        columnAt(column).map((each) => ({ kind: 'number', column: each, comparison, numbers })),
      ),
    ],
    periods,
  };
}

function spanOf({ periods, table }: MarkedQuestion, { spans: [span] }: Intents): readonly Period[] | null {
  if (span === undefined) return null;
  const first = periods[span.first];
  const last = span.last === null ? null : periods[span.last];
  const end = last?.last ?? (table.time === null ? null : lastKnownDay(table.time));
  return first === undefined || end === null || end < first.first
    ? []
    : [{ first: first.first, last: end, grain: null }];
}

/** One filter per column, with its values in the order of the question. */
function membersOf(
  { members }: MarkedQuestion,
  { indexes, isExcluded }: { indexes: readonly number[]; isExcluded: boolean },
): Filter[] {
  const byColumn = new Map<ColumnProfile, string[]>();
  for (const { column, value } of indexes.flatMap((index) => members[index]?.places ?? [])) {
    byColumn.set(column, [...(byColumn.get(column) ?? []), value]);
  }
  return [...byColumn].map(([column, values]) => {
    return { kind: 'members', column, values: [...new Set(values)], isExcluded };
  });
}
