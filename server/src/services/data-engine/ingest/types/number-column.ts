import type { DuckDBConnection } from '@duckdb/node-api';
import { askNumbers } from '../../ask.ts';
import { stagedTable, type StagedContent } from '../staged-table.ts';
import { isInForm, type TypeForm } from './type-forms.ts';
import { isNonFinite, isNullWord, type ColumnWarning, type TypedColumn } from './typed-column.ts';

interface NumberColumn {
  content: StagedContent;
  value: string;
  form: TypeForm & { kind: 'number' };
}

/** A column of numbers; null when not all values are in the form, or when only text keeps them as they are. */
export async function numberColumn(connection: DuckDBConnection, column: NumberColumn): Promise<TypedColumn | null> {
  const { content, form } = column;
  const facts = await numberFacts(connection, column);
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

/** Looks at each value once, however many rows have it. */
async function numberFacts(connection: DuckDBConnection, { value, form }: NumberColumn): Promise<NumberFacts> {
  const facts: Readonly<Record<keyof NumberFacts, string>> = {
    strangers: times("kind = 'stranger'"),
    numbers: times("kind = 'number'"),
    nonFinite: times("kind = 'non_finite'"),
    nothings: times("kind = 'nothing'"),
    adorned: times(`kind = 'number' AND plain <> ${form.plainIfBare(value)}`),
    wholeDigits: "max(CASE WHEN kind = 'number' THEN digits END)",
    fractionDigits: "max(CASE WHEN kind = 'number' AND point > 0 THEN length(plain) - point END)",
    leadingZeros: times("kind = 'number' AND digits > 1 AND ltrim(plain, '-')[1] = '0'"),
    ofElevenDigits: times("kind = 'number' AND digits = 11 AND point = 0"),
    ofFourteenDigits: times("kind = 'number' AND digits = 14 AND point = 0"),
  };
  const names = Object.keys(facts) as (keyof NumberFacts)[];
  const values = await askNumbers(
    connection,
    `SELECT ${names.map((name) => facts[name]).join(', ')}
    FROM (
      SELECT *, CASE WHEN point = 0 THEN length(plain) ELSE point - 1 END - starts_with(plain, '-')::INT AS digits
      FROM (
        SELECT ${value}, times, ${form.plain(value)} AS plain, strpos(plain, '.') AS point,
          CASE
            WHEN ${isInForm(form, value)} THEN 'number'
            WHEN ${isNonFinite(value)} THEN 'non_finite'
            WHEN ${isNullWord(value)} THEN 'nothing'
            ELSE 'stranger'
          END AS kind
        FROM (SELECT ${value}, count(*) AS times FROM ${stagedTable} WHERE ${value} IS NOT NULL GROUP BY ${value})
      )
    )`,
  );
  return Object.fromEntries(names.map((name, index) => [name, values[index]!])) as Record<keyof NumberFacts, number>;
}

/** SQL of how many rows have values of which that is true. */
function times(condition: string): string {
  return `sum(CASE WHEN ${condition} THEN times END)`;
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
