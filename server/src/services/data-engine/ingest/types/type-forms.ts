import { quoteText } from '../../../../models/sql.ts';
import type { StagedContent, StagedTable } from '../staged-table.ts';
import { dateForms, type DateForm } from './date-forms.ts';
import { doubleForm, numberForms, type NumberForm } from './number-forms.ts';

/** What all values of a column may be. */
export type TypeForm =
  | ({ kind: 'number' } & NumberForm)
  | ({ kind: 'date' } & DateForm)
  | { kind: 'boolean'; pattern: string };

/** In the order in which they are tried. */
export function typeForms(
  content: StagedContent,
  { decimal, staged }: { decimal: '.' | ','; staged: StagedTable },
): TypeForm[] {
  const { kind } = content;
  if (kind === 'number') return [...numbers(plainNumbers), ...numbers([doubleForm])];
  if (kind === 'boolean') return [booleanForm];
  if (kind !== 'text' && kind !== 'string') return [];
  return [
    booleanForm,
    ...numbers(numberForms(decimal, staged.numbers)),
    ...dateForms(staged.date).map((form) => ({ kind: 'date' as const, ...form })),
    ...numbers([doubleForm]),
  ];
}

export function isInForm(form: TypeForm, value: string): string {
  return `regexp_full_match(${value}, ${quoteText(form.pattern)})`;
}

/** As programs write numbers that are exact. */
const plainNumbers = numberForms('.', { decimal: '.', usualDecimal: '.' }).slice(0, 1);
const booleanForm: TypeForm = { kind: 'boolean', pattern: '[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]' };

function numbers(forms: readonly NumberForm[]): TypeForm[] {
  return forms.map((form) => ({ kind: 'number', ...form }));
}
