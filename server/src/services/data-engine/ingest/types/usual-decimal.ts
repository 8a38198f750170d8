import type { DuckDBConnection } from '@duckdb/node-api';
import { stagedName, type StagedTable } from '../staged-table.ts';
import { decimalEvidence } from './number-forms.ts';
import { fullMatch, samplesOf } from './samples.ts';

const sampleRows = 500;
const hasComma = fullMatch(decimalEvidence[',']);
const hasPoint = fullMatch(decimalEvidence['.']);

/**
 * What stands between whole and fraction in most numbers of a file, so that `1.234` is read as the others are written.
 */
export async function usualDecimal(
  connection: DuckDBConnection,
  { columns, numbers }: StagedTable,
): Promise<'.' | ','> {
  const names = columns.flatMap(({ content }, index) =>
    content.kind === 'text' || content.kind === 'string' ? [stagedName(index)] : [],
  );
  if (numbers.decimal !== undefined) return numbers.usualDecimal;
  let commas = 0;
  let points = 0;
  for await (const sample of samplesOf(connection, { names, rows: sampleRows })) {
    for (const value of sample) {
      if (hasComma(value)) commas += 1;
      if (hasPoint(value)) points += 1;
    }
  }
  if (commas === points) return numbers.usualDecimal;
  return commas > points ? ',' : '.';
}
