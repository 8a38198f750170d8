import type { DataAnswer, Evidence, Label } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import type { Cell } from '../../../../models/table.ts';
import { pointerTo } from '../../evidence/result-cells.ts';
import { changesOf, growthOf } from './answer-changes.ts';
import { filterWords, head, lowered, periodWords, type Telling } from './answer-head.ts';
import { createAnswerParts } from './answer-parts.ts';
import { phrases } from './answer-phrases.ts';
import { lastKnownDay } from '../match/match-periods.ts';
import { isOfPersons, leastRowsOfPersons, mostListed } from '../plan/plan-sql.ts';
import type { Period, Plan, Shape, Unclear } from '../plan/plan.ts';

/** What is said of the result of a plan; its text is empty until somebody renders the template. */
export type Answered = { answer: Omit<DataAnswer, 'text'> } | { unclear: Unclear };

/** Puts the result of the query of a plan into a template, all of whose numbers and names are slots. */
export function answerPlan(plan: Plan, { evidence, language }: { evidence: Evidence; language: Language }): Answered {
  const lacking = lackOf(plan, evidence);
  if (lacking !== null) return { unclear: lacking };
  const isCount = (plan.combination === 'count' || plan.combination === 'distinct') && plan.per === null;
  const unit = isCount ? 'count' : (plan.measure?.unit ?? null);
  const parts = createAnswerParts(evidence);
  const telling = { plan, evidence, parts, language, unit };
  const sentence = sentenceOf(telling);
  if (sentence === null) return { unclear: { kind: 'no_rows' } };
  const template = [sentence, ...notesOf(telling)].join(sentence.includes('\n') ? '\n' : ' ');
  return {
    answer: {
      template,
      facts: parts.facts,
      labels: parts.labels,
      evidence: [evidence],
      insightIds: [],
      needsClarification: null,
    },
  };
}

/** Nothing is said of no rows, nor of so few persons that one could be told. */
function lackOf(plan: Plan, { result }: Evidence): Unclear | null {
  const { shape } = plan;
  const [row = []] = result.rows;
  const counts = countsOf(shape, row);
  const isOfPeriods = shape.kind === 'periods' || shape.kind === 'changes';
  // None is how many there are, where the values are known and the numbers are free.
  if (shape.kind === 'single' && plan.combination === 'count' && plan.filters.length > 0) return null;
  if (result.rows.length === 0 || counts.some((count) => Number(count ?? 0) === 0)) {
    const period = isOfPeriods ? (Number(counts[0] ?? 0) === 0 ? shape.current : shape.previous) : plan.period;
    const isOutside = period !== null && plan.filters.length === 0;
    return isOutside ? { kind: 'period_outside', period } : { kind: 'no_rows' };
  }
  const isFew = counts.some((count) => Number(count) < leastRowsOfPersons);
  return isOfPersons(plan) && isFew ? { kind: 'few_rows' } : null;
}

/** Rows behind each number; of a list the query has left out what has too few. */
function countsOf({ kind }: Shape, row: readonly Cell[]): (Cell | undefined)[] {
  if (kind === 'single') return [row[1]];
  if (kind === 'share') return [row[2]];
  if (kind === 'changes') return [row[6], row[7]];
  if (kind === 'growth') return [row[4]];
  return kind === 'members' || kind === 'periods' ? [row[2], row[3]] : [];
}

function sentenceOf(telling: Telling): string | null {
  const { plan, parts, unit } = telling;
  const { shape } = plan;
  switch (shape.kind) {
    case 'single': {
      const value = parts.cell('value', { pointer: pointerTo(0, 0), unit });
      return value === null ? null : `${head(telling)}: ${value}.`;
    }
    case 'groups':
    case 'series':
    case 'shares':
      return listOf(telling, shape);
    case 'growth':
      return growthOf(telling, shape);
    case 'changes':
      return changesOf(telling, shape);
    case 'share':
      return shareOf(telling, shape);
    case 'members':
    case 'periods':
      return differenceOf(telling, shape);
    default:
      return shape satisfies never;
  }
}

function listOf(telling: Telling, shape: Extract<Shape, { kind: 'groups' | 'series' | 'shares' }>): string | null {
  const { evidence, parts, language, unit } = telling;
  const words = phrases[language];
  const isByTime = shape.kind === 'series' && shape.order === 'time';
  const all = evidence.result.rows.map((row, index) => ({ row, index }));
  // Queried from the last one on, read from the first one on.
  const lines = (isByTime ? all.toReversed() : all).flatMap(({ row, index }) => {
    const value = parts.cell(`value${String(index)}`, { pointer: pointerTo(index, 1), unit });
    if (value === null) return [];
    const name = parts.label(`member${String(index)}`, labelOf(shape, row[0] ?? null));
    const share = shape.kind === 'shares' ? shareAt(telling, index) : null;
    return [share === null ? `${name}: ${value}` : `${name}: ${share} (${value})`];
  });
  if (lines.length === 0) return null;
  const per = shape.kind === 'series' ? '' : ` ${words.per}`;
  if (shape.kind !== 'series') parts.label('group', { kind: 'column', text: shape.by.name });
  const isOne = 'limit' in shape && shape.limit === 1 && lines.length === 1;
  if (isOne && shape.order !== 'time') {
    return `${words.extreme[shape.order]} ${lowered(head(telling))}${per}: ${lines[0] ?? ''}.`;
  }
  const groups = Number(evidence.result.rows[0]?.[3] ?? 0);
  const isCut = lines.length === mostListed && groups > mostListed;
  if (isCut) parts.cell('groups', { pointer: pointerTo(0, 3), unit: 'count' });
  const cut = isCut ? `\n${isByTime ? words.lastOfAll : words.ofAll}` : '';
  return `${head(telling)}${per}:\n${lines.map((line) => `- ${line}`).join('\n')}${cut}`;
}

function labelOf(shape: Extract<Shape, { kind: 'groups' | 'series' | 'shares' }>, cell: Cell): Label {
  if (shape.kind === 'series') return { kind: 'period', start: String(cell), grain: shape.grain };
  return { kind: 'value', text: cell === null ? '' : String(cell), column: shape.by.name };
}

function shareAt({ parts }: Telling, row: number): string | null {
  return parts.computed(`share_pct${String(row)}`, {
    derivation: 'percent_of',
    arguments: [pointerTo(row, 1), pointerTo(row, 4)],
    unit: '%',
  });
}

function shareOf(telling: Telling, { filter }: Extract<Shape, { kind: 'share' }>): string | null {
  const { parts, language, unit } = telling;
  const share = parts.computed('share_pct', {
    derivation: 'percent_of',
    arguments: [pointerTo(0, 0), pointerTo(0, 1)],
    unit: '%',
  });
  const part = parts.cell('portion', { pointer: pointerTo(0, 0), unit });
  const whole = parts.cell('whole', { pointer: pointerTo(0, 1), unit });
  if (share === null || part === null || whole === null) return null;
  const member = filterWords(telling, { filter, index: 0 });
  return `${phrases[language].share(member)} ${lowered(head(telling))}: ${share} (${part} / ${whole}).`;
}

function differenceOf(telling: Telling, shape: Extract<Shape, { kind: 'members' | 'periods' }>): string | null {
  const { parts, language, unit } = telling;
  const words = phrases[language];
  const names = shape.kind === 'periods' ? (['current', 'previous'] as const) : (['first', 'second'] as const);
  const both = [pointerTo(0, 0), pointerTo(0, 1)];
  const [first, second] = both.map((pointer, index) => parts.cell(names[index] ?? '', { pointer, unit }));
  const change = parts.computed('change', { derivation: 'difference', arguments: both, unit });
  if (first == null || second == null || change === null) return null;
  const percent = parts.computed('change_pct', { derivation: 'percent_change', arguments: both, unit: '%' });
  const changed = `${change}${percent === null ? '' : ` (${percent})`}`;
  if (shape.kind === 'periods') {
    const to = periodWords(telling, { period: shape.current, name: 'current_period' });
    const from = periodWords(telling, { period: shape.previous, name: 'previous_period' });
    return `${head(telling)}: ${words.changed({ from, to })}, ${words.difference} ${changed}.`;
  }
  const name = (which: string, text: string): string =>
    parts.label(which, { kind: 'value', text, column: shape.column.name });
  return (
    `${head(telling)}: ${name('first_member', shape.first)} ${first}, ` +
    `${name('second_member', shape.second)} ${second}; ${words.difference} ${changed}.`
  );
}

function notesOf({ plan, language }: Telling): string[] {
  const words = phrases[language];
  const isGrouped = ['groups', 'shares', 'series', 'changes', 'growth'].includes(plan.shape.kind);
  return [
    ...(isGrouped && isOfPersons(plan) ? [words.smallGroups] : []),
    ...(touchesPartial(plan) ? [words.partial] : []),
  ];
}

/** Whether a period goes on behind what the table has; where the days of a month are missing, or the months of a year. */
function touchesPartial({ table: { time }, period, shape }: Plan): boolean {
  if (time === null) return false;
  const { partial } = time;
  const last = lastKnownDay(time) ?? partial?.period ?? '';
  const touches = (each: Period): boolean =>
    each.first <= last && (each.last > last || (partial !== null && each.last >= partial.period));
  if (shape.kind === 'periods' || shape.kind === 'changes') return touches(shape.current) || touches(shape.previous);
  if (shape.kind === 'series' && period === null) return partial !== null;
  return period !== null && touches(period);
}
