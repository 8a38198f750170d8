import type { TableProfile } from '../../../models/insight.ts';
import type { ColumnHint, DataWarning, LoadedTable } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { readColumnFacts } from './column-facts.ts';
import { profileColumn } from './profile-column.ts';
import { columnWarnings, countDuplicates } from './table-quality.ts';
import { readTimeAxis, type PeriodRequest } from './time-axis.ts';
import { chooseTimeColumn } from './time-column.ts';
import { findUnitJumps } from './unit-jumps.ts';

export interface ProfileOptions {
  table: LoadedTable;
  hints: readonly ColumnHint[];
  period?: PeriodRequest | undefined;
  /** Rows of later days are of the future, and the period that it is in is not over. */
  now: Date;
  /** When it aborts, columns that were not looked at by then are left out. */
  budget?: AbortSignal | undefined;
}

/** In fewer there is next to nothing to test. */
const fewRows = 8;

/**
 * What a table is made of, by exact counts, and what whoever reads a result must know of it; what was found while it was
 * read is in `table.warnings`, not here. Rejects with `invalid_request` for a period that the table cannot have, and with
 * what a session rejects with.
 */
export async function profileTable(
  session: Pick<DataSession, 'query'>,
  { table, hints, period = {}, now, budget }: ProfileOptions,
): Promise<{ profile: TableProfile; warnings: DataWarning[] }> {
  const first = new Set([...hints.map(({ name }) => name), ...(period.column === undefined ? [] : [period.column])]);
  const facts = await readColumnFacts(session, table, { first, budget });
  const leftOut = table.columns.length - facts.length;
  const profiled = facts.map((column) => {
    const hint = hints.find(({ name }) => name === column.name);
    return profileColumn(column, { rows: table.rows, ...(hint === undefined ? {} : { hint }) });
  });
  const columns = profiled.map(({ profile }) => profile);
  const warn = (code: DataWarning['code'], column: string | null, count: number | null): DataWarning => {
    return { code, table: table.name, column, count };
  };
  const warnings = [
    ...(table.rows < fewRows ? [warn('few_rows', null, table.rows)] : []),
    ...profiled.flatMap(({ profile, warnings: codes }) => codes.map((code) => warn(code, profile.name, null))),
    ...columnWarnings(facts, table),
    ...(leftOut > 0 ? [warn('columns_left_out', null, leftOut)] : []),
  ];
  const duplicates = await countDuplicates(session, table, facts);
  if (duplicates > 0) warnings.push(warn('duplicate_rows', null, duplicates));
  const column = chooseTimeColumn(columns, { asked: period.column, hints });
  const time = column === null ? null : await readTimeAxis(session, table, { column, period, now });
  warnings.push(...(time?.warnings ?? []));
  const axis = time?.axis ?? null;
  if (axis !== null) {
    const jumping = await findUnitJumps(session, table, { columns, axis });
    warnings.push(...jumping.map((name) => warn('unit_jump', name, null)));
  }
  return { profile: { name: table.name, rows: table.rows, columns, time: axis }, warnings };
}
