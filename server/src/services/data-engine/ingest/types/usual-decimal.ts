import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../../../../models/sql.ts';
import { askNumbers } from '../../ask.ts';
import { stagedName, stagedTable, type StagedTable } from '../staged-table.ts';
import { decimalEvidence } from './number-forms.ts';

const sampleRows = 500;

/**
 * What stands between whole and fraction in most numbers of a file, so that `1.234` is read as the others are written.
 */
export async function usualDecimal(
  connection: DuckDBConnection,
  { columns, numbers }: StagedTable,
): Promise<'.' | ','> {
  const texts = columns.flatMap(({ content }, index) =>
    content.kind === 'text' || content.kind === 'string' ? [stagedName(index)] : [],
  );
  if (numbers.decimal !== undefined || texts.length === 0) return numbers.usualDecimal;
  // A list, because a thousand columns with `+` between them are nested deeper than the engine reads.
  const likes = (mark: '.' | ','): string => {
    const form = quoteText(decimalEvidence[mark]);
    return `list_sum([${texts.map((text) => `count(*) FILTER (regexp_full_match(${text}, ${form}))`).join(', ')}])`;
  };
  const [commas, points] = await askNumbers(
    connection,
    `SELECT ${likes(',')}, ${likes('.')} FROM (FROM ${stagedTable} LIMIT ${sampleRows})`,
  );
  if (commas === points) return numbers.usualDecimal;
  return commas! > points! ? ',' : '.';
}
