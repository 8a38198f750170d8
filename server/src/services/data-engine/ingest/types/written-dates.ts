import { monthNames, shortMonthLetters } from '../../../../models/month-names.ts';
import { quoteText } from '../../../../models/sql.ts';
import type { DayForm } from './day-forms.ts';

const names = [...monthNames.pt, ...monthNames.en, 'marco', 'sept'];
const shortNames = new Set(names.map((name) => name.slice(0, shortMonthLetters)));
const month = `(?:${[...names, ...shortNames].map(inAnyCase).join('|')})[.]?`;
const day = '[0-9]{1,2}';
const year = '[0-9]{4}';

/** Days whose month is a word: `5 de março de 2025`, `05-mar-2025`, `March 5, 2025`. */
export const writtenDays: readonly DayForm[] = [
  `${day}º?(?: de |[ /-])${month}(?: de |[ /-])${year}`,
  `${day}(?:st|nd|rd|th)? ${month},? ${year}`,
  `${month} ${day}(?:st|nd|rd|th)?,? ${year}`,
].map((pattern) => ({
  pattern,
  ordered: (value) =>
    [yearOf(value), monthOf(value), `regexp_extract(${value}, '^[^0-9]*([0-9]{1,2})', 1)`].join(` || '-' || `),
}));

/** Months that are words, for their first days: `mar/2025`, `março de 2025`, `Mar-25`. */
export const writtenMonths: readonly DayForm[] = [
  { pattern: `${month}(?: de |, |[ /-])${year}`, ordered: (value) => firstDay(yearOf(value), value) },
  { pattern: `${month}[ /-]'?[0-9]{2}`, ordered: (value) => firstDay(shortYearOf(value), value) },
];

function firstDay(yearSql: string, value: string): string {
  return `${yearSql} || '-' || ${monthOf(value)} || '-01'`;
}

function yearOf(value: string): string {
  return `regexp_extract(${value}, '[0-9]{4}$')`;
}

/** As strptime has it: 69 is the first of the last century. */
function shortYearOf(value: string): string {
  return `(CASE WHEN right(${value}, 2) < '69' THEN '20' ELSE '19' END || right(${value}, 2))`;
}

/** SQL of two digits. The word of the month is the first that is long enough. */
function monthOf(value: string): string {
  const word = `lower(regexp_extract(${value}, '[A-Za-z]{${shortMonthLetters}}'))`;
  const places = [monthNames.pt, monthNames.en].map((list) => {
    const short = list.map((name) => quoteText(name.slice(0, shortMonthLetters)));
    return `list_position([${short.join(', ')}], ${word})`;
  });
  return `lpad(CAST(greatest(${places.map((place) => `coalesce(${place}, 0)`).join(', ')}) AS VARCHAR), 2, '0')`;
}

/** A pattern for the word, as RE2 and JavaScript have it. */
function inAnyCase(word: string): string {
  return word.replace(/\p{L}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
