import type { StagedContent } from '../staged-table.ts';
import { times, type TypeAttempt } from './type-attempt.ts';
import { isInForm, type TypeForm } from './type-forms.ts';
import { isNonFinite, isNullWord, type ColumnWarning, type TypedColumn } from './typed-column.ts';

interface NumberColumn {
  content: StagedContent;
  value: string;
  form: TypeForm & { kind: 'number' };
}

/** A column of numbers; it is none when not all values are in the form, or when only text keeps them as they are. */
export function numberColumn(column: NumberColumn): TypeAttempt {
  const sql = factsSql(column);
  const names = Object.keys(sql) as (keyof NumberFacts)[];
  return {
    value: column.value,
    looksOnce: true,
    computed: computedSql(column),
    numbers: names.map((name) => sql[name]),
    decide(numbers) {
      const facts = Object.fromEntries(names.map((name, index) => [name, numbers[index]!]));
      return decide(column, facts as Record<keyof NumberFacts, number>);
    },
  };
}

function decide(column: NumberColumn, facts: NumberFacts): TypedColumn | null {
  const { content, form } = column;
  if (facts.strangers > 0 || facts.numbers === 0) return null;
  if (form.mindsLeadingZeros && facts.leadingZeros > 0) return null;
  // Where numbers could have been written as numbers, digits between quotes are a code.
  if (content.kind === 'string' && form.mindsLeadingZeros && facts.fractionDigits === 0) return null;
  const type = numberType(form, facts);
  if (type === null) return null;
  const warnings: ColumnWarning[] = [];
  if (facts.nonFinite > 0) warnings.push({ code: 'non_finite', count: facts.nonFinite });
  if (isLikeIds(facts)) warnings.push({ code: 'id_like_number', count: facts.numbers });
  if (type === 'DOUBLE') warnings.push({ code: 'inexact_numbers', count: null });
  return { select: selectOf(column, { type, facts }), warnings };
}

interface NumberFacts {
  /** Values that are no numbers in this form, nor words for none. */
  strangers: number;
  numbers: number;
  nonFinite: number;
  /** Words for no value. */
  nothings: number;
  /** Numbers with thousands, or with signs that plain decimals have not. */
  adorned: number;
  wholeDigits: number;
  fractionDigits: number;
  leadingZeros: number;
  ofElevenDigits: number;
  ofFourteenDigits: number;
}

function factsSql({ value, form }: NumberColumn): Readonly<Record<keyof NumberFacts, string>> {
  const { plain, point, kind, digits } = namesOf(value);
  const isNumber = `${kind} = 'number'`;
  return {
    strangers: times(`${kind} = 'stranger'`),
    numbers: times(isNumber),
    nonFinite: times(`${kind} = 'non_finite'`),
    nothings: times(`${kind} = 'nothing'`),
    adorned: times(`${isNumber} AND ${plain} <> ${form.plainIfBare(value)}`),
    wholeDigits: `max(CASE WHEN ${isNumber} THEN ${digits} END)`,
    fractionDigits: `max(CASE WHEN ${isNumber} AND ${point} > 0 THEN length(${plain}) - ${point} END)`,
    leadingZeros: times(`${isNumber} AND ${digits} > 1 AND ltrim(${plain}, '-')[1] = '0'`),
    ofElevenDigits: times(`${isNumber} AND ${digits} = 11 AND ${point} = 0`),
    ofFourteenDigits: times(`${isNumber} AND ${digits} = 14 AND ${point} = 0`),
  };
}

function computedSql({ value, form }: NumberColumn): string[] {
  const { plain, point, kind, digits } = namesOf(value);
  return [
    `${form.plain(value)} AS ${plain}`,
    `strpos(${plain}, '.') AS ${point}`,
    `CASE WHEN ${point} = 0 THEN length(${plain}) ELSE ${point} - 1 END - starts_with(${plain}, '-')::INT AS ${digits}`,
    `CASE
      WHEN ${value} IS NULL THEN NULL
      WHEN ${isInForm(form, value)} THEN 'number'
      WHEN ${isNonFinite(value)} THEN 'non_finite'
      WHEN ${isNullWord(value)} THEN 'nothing'
      ELSE 'stranger'
    END AS ${kind}`,
  ];
}

function namesOf(value: string): Record<'plain' | 'point' | 'kind' | 'digits', string> {
  return { plain: `plain_${value}`, point: `point_${value}`, kind: `kind_${value}`, digits: `digits_${value}` };
}

/** With no more work for each value than the values need. */
function selectOf({ value, form }: NumberColumn, { type, facts }: { type: string; facts: NumberFacts }): string {
  const number = `CAST(${facts.adorned > 0 ? form.plain(value) : form.plainIfBare(value)} AS ${type})`;
  const areAllNumbers = facts.nothings === 0 && facts.nonFinite === 0;
  return areAllNumbers ? number : `CASE WHEN ${isInForm(form, value)} THEN ${number} END`;
}

/** As CPF, CNPJ and telephones are, when a program has taken them for numbers. */
function isLikeIds({ numbers, ofElevenDigits, ofFourteenDigits }: NumberFacts): boolean {
  return ofElevenDigits === numbers || ofFourteenDigits === numbers;
}

const bigintDigits = 18;
const shortDecimalDigits = 18;
/** Of 38: what a sum over millions of rows needs is left. */
const longDecimalDigits = 30;

function numberType({ isInexact }: NumberColumn['form'], { wholeDigits, fractionDigits }: NumberFacts): string | null {
  if (fractionDigits === 0 && wholeDigits > longDecimalDigits) return null;
  if (isInexact) return 'DOUBLE';
  if (fractionDigits === 0 && wholeDigits <= bigintDigits) return 'BIGINT';
  const digits = wholeDigits + fractionDigits;
  if (fractionDigits > 0 && digits <= shortDecimalDigits) return `DECIMAL(18,${fractionDigits})`;
  return digits <= longDecimalDigits ? `DECIMAL(38,${fractionDigits})` : 'DOUBLE';
}
