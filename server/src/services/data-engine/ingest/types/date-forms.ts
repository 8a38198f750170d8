import { quoteText } from '../../../../models/sql.ts';
import { dayForms, monthForms, type DayForm } from './day-forms.ts';
import { writtenDays, writtenMonths } from './written-dates.ts';

/** A way of writing dates, which all values of a column have. */
export interface DateForm {
  /** For a whole value, in RE2 and in JavaScript. */
  pattern: string;
  type: 'DATE' | 'TIMESTAMP';
  /** SQL that makes the date of a value in this form, or null if there is no such day. */
  typed(value: string): string;
}

const clock = String.raw`[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?`;
const zone = String.raw` ?(?:Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)`;

/** `said`: the form that whoever sent the file names, as strptime has it; values that have it are tried as nothing else. */
export function dateForms(said: string | undefined): DateForm[] {
  return [
    ...(said === undefined ? [] : [saidForm(said)]),
    ...[...dayForms, ...monthForms, ...writtenDays, ...writtenMonths].map(dateForm),
    ...dayForms.map(timestampForm),
    ...dayForms.map(zonedForm),
    shortYear,
  ];
}

function saidForm(said: string): DateForm {
  const type = /%[HIMSfpXcgnu]/.test(said) ? 'TIMESTAMP' : 'DATE';
  return {
    pattern: String.raw`[\s\S]*`,
    type,
    typed: (value) => `CAST(try_strptime(${value}, ${quoteText(said)}) AS ${type})`,
  };
}

function dateForm({ pattern, ordered }: DayForm): DateForm {
  return { pattern, type: 'DATE', typed: (value) => `TRY_CAST(${ordered(value)} AS DATE)` };
}

function timestampForm({ pattern, ordered }: DayForm): DateForm {
  return {
    pattern: `${pattern}(?:[T ]+${clock})?`,
    type: 'TIMESTAMP',
    typed: (value) => `TRY_CAST(${ordered(value)} AS TIMESTAMP)`,
  };
}

/** Moments of several zones can only be compared in one. */
function zonedForm({ pattern, ordered }: DayForm): DateForm {
  return {
    pattern: `${pattern}(?:[T ]+${clock}(?:${zone})?)?`,
    type: 'TIMESTAMP',
    typed: (value) => `timezone('UTC', TRY_CAST(${ordered(value)} AS TIMESTAMPTZ))`,
  };
}

const shortYear: DateForm = {
  pattern: '[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}',
  type: 'DATE',
  typed: (value) => `CAST(try_strptime(${value}, '%d/%m/%y') AS DATE)`,
};
