import { quoteText } from '../../../../models/sql.ts';

/** A way of writing days. */
export interface DayForm {
  pattern: string;
  /** SQL that puts year, month and day in the order of ISO 8601, and leaves what follows. */
  ordered(value: string): string;
}

const dayFirst = String.raw`([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})`;
const reordered = (order: string) => (value: string) =>
  `regexp_replace(${value}, ${quoteText(`^${dayFirst}`)}, ${quoteText(order)})`;

/** In the order in which they are tried: day before month, as most of the world writes it, when both could be. */
export const dayForms: readonly DayForm[] = [
  { pattern: '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}', ordered: (value) => value },
  { pattern: '[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}', ordered: (value) => `replace(${value}, '/', '-')` },
  { pattern: dayFirst, ordered: reordered(String.raw`\3-\2-\1`) },
  { pattern: dayFirst, ordered: reordered(String.raw`\3-\1-\2`) },
];

/** Months stand for their first days. */
export const monthForms: readonly DayForm[] = [
  { pattern: '[0-9]{4}-[0-9]{2}', ordered: (value) => `${value} || '-01'` },
  { pattern: '[0-9]{2}/[0-9]{4}', ordered: (value) => `${value}[4:7] || '-' || ${value}[1:2] || '-01'` },
];
