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
  const { content, value, form } = column;
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
  return { select: `CASE WHEN ${isInForm(form, value)} THEN CAST(${form.plain(value)} AS ${type}) END`, warnings };
}

interface NumberFacts {
  /** Values that are no numbers in this form, nor words for none. */
  strangers: number;
  numbers: number;
  nonFinite: number;
  wholeDigits: number;
  fractionDigits: number;
  leadingZeros: number;
  ofElevenDigits: number;
  ofFourteenDigits: number;
}

async function numberFacts(connection: DuckDBConnection, { value, form }: NumberColumn): Promise<NumberFacts> {
  const [strangers, numbers, nonFinite, wholeDigits, fractionDigits, leadingZeros, ofElevenDigits, ofFourteenDigits] =
    await askNumbers(
      connection,
      `SELECT
        count(*) FILTER (kind = 'stranger'),
        count(*) FILTER (kind = 'number'),
        count(*) FILTER (kind = 'non_finite'),
        max(digits) FILTER (kind = 'number'),
        max(length(plain) - point) FILTER (kind = 'number' AND point > 0),
        count(*) FILTER (kind = 'number' AND digits > 1 AND ltrim(plain, '-')[1] = '0'),
        count(*) FILTER (kind = 'number' AND digits = 11 AND point = 0),
        count(*) FILTER (kind = 'number' AND digits = 14 AND point = 0)
      FROM (
        SELECT *, CASE WHEN point = 0 THEN length(plain) ELSE point - 1 END - starts_with(plain, '-')::INT AS digits
        FROM (
          SELECT ${form.plain(value)} AS plain, strpos(plain, '.') AS point,
            CASE
              WHEN ${isInForm(form, value)} THEN 'number'
              WHEN ${isNonFinite(value)} THEN 'non_finite'
              WHEN ${isNullWord(value)} THEN 'nothing'
              ELSE 'stranger'
            END AS kind
          FROM ${stagedTable} WHERE ${value} IS NOT NULL
        )
      )`,
    );
  return {
    strangers: strangers!,
    numbers: numbers!,
    nonFinite: nonFinite!,
    wholeDigits: wholeDigits!,
    fractionDigits: fractionDigits!,
    leadingZeros: leadingZeros!,
    ofElevenDigits: ofElevenDigits!,
    ofFourteenDigits: ofFourteenDigits!,
  };
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
