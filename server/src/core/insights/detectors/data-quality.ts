import type { TableProfile } from '../../../models/insight.ts';
import type { DataWarning, DataWarningCode } from '../../../models/table.ts';
import { dateSql, periodSql } from '../series/axis.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { addPeriods } from '../profile/periods.ts';
import { quoteName, quoteText } from '../../../models/sql.ts';
import { subjectOf } from '../findings/subjects.ts';
import { cell, derived, tell } from '../findings/tell.ts';

/** Of everything that may be told, what is wrong with the data is worth a third of its share. */
const strength = 0.3;

/** Problems that a query can count again; what else is odd about a table is among its warnings only. */
export async function dataQuality(investigation: Investigation): Promise<Candidate[]> {
  const { table, warnings } = investigation;
  return warnings
    .filter((warning) => warning.table === table.name)
    .flatMap((warning): Candidate[] => {
      const sql = countSql(investigation, warning);
      if (sql === undefined) return [];
      return [
        {
          type: 'data_quality',
          subject: subjectOf(table, { measure: null }),
          p: null,
          isLarge: true,
          impact: Math.min(1, (warning.count ?? 0) / Math.max(1, table.rows)),
          strength,
          topics: [`quality ${warning.code} ${warning.column ?? ''}`],
          finding: () => findingOf(investigation, { warning, sql }),
        },
      ];
    });
}

/** One row: how many have the problem (`count`), of how many (`total`); undefined for what is no matter of counting. */
function countSql({ table, now }: Investigation, { code, column }: DataWarning): string | undefined {
  const name = quoteName(column ?? '');
  const today = dateSql(now.toISOString().slice(0, 10));
  const conditions: Partial<Record<DataWarningCode, string>> = {
    null_values: `${name} IS NULL`,
    empty_column: `${name} IS NULL`,
    constant_column: `${name} IS NOT NULL`,
    future_date: `CAST(${name} AS DATE) > ${today}`,
  };
  if (code === 'duplicate_rows') return duplicatesSql(table);
  if (code === 'gap') return gapsSql(table);
  if (code === 'unit_jump' && column !== null) return unitsSql(table.name, name);
  const condition = conditions[code];
  if (condition === undefined || column === null) return undefined;
  return `SELECT count(*) FILTER (WHERE ${condition}) AS count, count(*) AS total FROM ${quoteName(table.name)}`;
}

function duplicatesSql({ name, columns }: TableProfile): string {
  const all = columns.map((column) => quoteName(column.name)).join(', ');
  return (
    `SELECT (SELECT count(*) FROM ${quoteName(name)}) - count(*) AS count, ` +
    `(SELECT count(*) FROM ${quoteName(name)}) AS total FROM (SELECT DISTINCT ${all} FROM ${quoteName(name)})`
  );
}

/** Periods of the axis without rows. */
function gapsSql({ name, time }: TableProfile): string | undefined {
  const [first, last] = [time?.periods[0], time?.periods.at(-1)];
  if (time === null || first === undefined || last === undefined) return undefined;
  const days = `${dateSql(first)}, ${dateSql(last)}, INTERVAL ${quoteText('1')} ${time.grain}`;
  return (
    `SELECT count(*) FILTER (WHERE CAST(grid.day AS DATE) NOT IN (SELECT ${periodSql(time)} FROM ${quoteName(name)} ` +
    `WHERE ${quoteName(time.column)} >= ${dateSql(first)} ` +
    `AND ${quoteName(time.column)} < ${dateSql(addPeriods(last, time.grain, 1))})) AS count, ` +
    `count(*) AS total FROM generate_series(${days}) AS grid(day)`
  );
}

/** Values of another power of ten than the median. */
function unitsSql(table: string, name: string): string {
  const typical = `(SELECT median(${name}) FROM ${quoteName(table)} WHERE ${name} > 0)`;
  return (
    `SELECT count(*) FILTER (WHERE ${name} > 0 AND abs(log10(${name}) - log10(${typical})) > 0.5) AS count, ` +
    `count(*) AS total FROM ${quoteName(table)}`
  );
}

function findingOf(
  investigation: Investigation,
  { warning, sql }: { warning: DataWarning; sql: string },
): ReturnType<Candidate['finding']> {
  const { table } = investigation;
  return tell(investigation, {
    type: 'data_quality',
    subject: subjectOf(table, { measure: null }),
    sql,
    facts: {
      count: cell(0, 0, 'count'),
      share_pct: derived('percent_of', ['/rows/0/0', '/rows/0/1'], '%'),
    },
    labels: {
      problem: { kind: 'problem', code: warning.code },
      column: { kind: 'column', text: warning.column ?? table.name },
    },
    score: {
      impact: Math.min(1, (warning.count ?? 0) / Math.max(1, table.rows)),
      p: null,
      effect: null,
      test: 'count',
      n: table.rows,
    },
    caveats: [],
  });
}
