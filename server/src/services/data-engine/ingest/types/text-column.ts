import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../../../../models/sql.ts';
import { askNumbers } from '../../ask.ts';
import { stagedTable, type StagedContent } from '../staged-table.ts';
import { type ColumnWarning, type TypedColumn } from './typed-column.ts';

/** What reads as a number in any form, without the zeros that a code begins with. */
const numberLike = String.raw`[+-]?(?:R\$|US\$|\$|€|£)? ?[+-]?(?:[1-9][0-9.,]*|0(?:[.,][0-9]+)?)(?:[eE][+-]?[0-9]+)? ?%?`;
const dateLike = String.raw`[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[T ].*)?`;
/** A program for spreadsheets runs what begins so. */
const formulaLike = '[=+@-].+';

/** A column that stays text, with what is strange about it. */
export async function textColumn(
  connection: DuckDBConnection,
  { content, value }: { content: StagedContent; value: string },
): Promise<TypedColumn> {
  const [values, numbers, dates, formulas] = await askNumbers(
    connection,
    `SELECT count(${value}),
      count_if(regexp_full_match(${value}, ${quoteText(numberLike)})),
      count_if(regexp_full_match(${value}, ${quoteText(dateLike)})),
      count_if(regexp_full_match(${value}, ${quoteText(formulaLike)})
        AND NOT regexp_full_match(${value}, ${quoteText(numberLike)}))
    FROM ${stagedTable}`,
  );
  const warnings: ColumnWarning[] = [];
  const strangers = strangersIn(content, { values: values!, alike: Math.max(numbers!, dates!) });
  if (strangers > 0) warnings.push({ code: 'mixed_types', count: strangers });
  if (formulas! > 0) warnings.push({ code: 'formula_text', count: formulas! });
  return { select: value, warnings };
}

/** Where most values are numbers or dates, the others are what keeps the column from being one. */
function strangersIn(content: StagedContent, { values, alike }: { values: number; alike: number }): number {
  if (content.kind === 'mixed') return content.strangers;
  return content.kind === 'text' && alike * 2 > values ? values - alike : 0;
}
