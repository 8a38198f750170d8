import type { Evidence } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import { wordSet, wordsOfName } from '../../profile/column-words.ts';
import { pointerTo } from '../../evidence/result-cells.ts';
import type { AnswerParts } from './answer-parts.ts';
import { phrases } from './answer-phrases.ts';
import type { Filter, Period, Plan } from '../plan/plan.ts';

/** What is told, and the facts and labels that are told of it so far. */
export interface Telling {
  plan: Plan;
  evidence: Evidence;
  parts: AnswerParts;
  language: Language;
  unit: string | null;
}

/** "Total de receita (Sul) em junho de 2025", in slots. */
export function head(telling: Telling): string {
  const { plan, parts, language } = telling;
  const words = phrases[language];
  const { measure, combination, filters, period } = plan;
  if (measure === null) parts.label('table', { kind: 'column', text: plan.table.name });
  else parts.label('measure', { kind: 'column', text: measure.name });
  const amount = measure === null ? 'rows' : combination;
  const what =
    plan.per === null
      ? words.what[amount]
      : words.averaged[amount === 'rows' ? amount : 'measure'](words.each[plan.per]);
  const said = filters.map((filter, index) => filterWords(telling, { filter, index }));
  const ofFilters = said.length === 0 ? '' : ` (${said.join(', ')})`;
  const ofPeriod = period === null ? '' : ` ${periodWords(telling, { period, name: 'period' })}`;
  return `${what}${ofFilters}${ofPeriod}${plan.per === null ? '' : ` (${averagedOver(telling)})`}`;
}

/** How many periods the average is over, which makes clear of what it is one. */
function averagedOver({ parts, evidence, language }: Telling): string {
  const column = evidence.result.columns.findIndex(({ name }) => name === 'periods');
  parts.cell('periods', { pointer: pointerTo(0, column), unit: 'count' });
  return phrases[language].completePeriods;
}

export function filterWords(
  { parts, language }: Telling,
  { filter, index }: { filter: Filter; index: number },
): string {
  const words = phrases[language];
  const column = filter.column.name;
  if (filter.kind === 'members' && filter.column.type === 'BOOLEAN') {
    const name = parts.label(`column${String(index)}`, { kind: 'column', text: column });
    return filter.values[0] === 'true' ? name : `${words.without} ${name}`;
  }
  if (filter.kind === 'members') {
    const values = filter.values.map((text, place) =>
      parts.label(`filter${String(index)}_${String(place)}`, { kind: 'value', text, column }),
    );
    return `${filter.isExcluded ? `${words.without} ` : ''}${values.join(', ')}`;
  }
  const numbers = filter.numbers.map((text, place) =>
    parts.label(`number${String(index)}_${String(place)}`, { kind: 'value', text, column: '' }),
  );
  const name = parts.label(`column${String(index)}`, { kind: 'column', text: column });
  return words.comparison[filter.comparison](name, numbers);
}

/** With the column of days, when its name says more than that: employees of 2024 are those who were admitted then. */
export function periodWords(telling: Telling, { period, name }: { period: Period; name: string }): string {
  return `${daysWords(telling, { period, name })}${dayColumnWords(telling)}`;
}

/** The same without "in": "junho de 2025", or both days. */
export function periodName({ parts }: Telling, { period, name }: { period: Period; name: string }): string {
  if (period.grain !== null) return parts.label(name, { kind: 'period', start: period.first, grain: period.grain });
  const day = (which: string, start: string): string =>
    parts.label(`${name}_${which}`, { kind: 'period', start, grain: 'day' });
  return `${day('first', period.first)} – ${day('last', period.last)}`;
}

export function dayColumnWords({ parts, plan }: Telling): string {
  const column = plan.table.time?.column ?? '';
  const isPlain = wordsOfName(column).every((word) => plainDays.has(word));
  return isPlain ? '' : ` (${parts.label('day_column', { kind: 'column', text: column })})`;
}

const plainDays = wordSet('data date dia day mes month ano year periodo period at em created criacao time timestamp');

function daysWords({ parts, language }: Telling, { period, name }: { period: Period; name: string }): string {
  const words = phrases[language];
  if (period.grain !== null) {
    return `${words.in} ${parts.label(name, { kind: 'period', start: period.first, grain: period.grain })}`;
  }
  const day = (which: string, start: string): string =>
    parts.label(`${name}_${which}`, { kind: 'period', start, grain: 'day' });
  return words.fromTo(day('first', period.first), day('last', period.last));
}

/** In the middle of a sentence; a slot at its beginning stays as it is. */
export function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
