import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { InsightReport } from '../../../models/insight.ts';
import type { ColumnHint, DataWarning, LoadedTable } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import type { AskedPeriod, KeptTable } from '../insight-request.ts';
import { profileTable } from '../profile/profile-table.ts';

export interface ProfileRequest {
  tables: readonly KeptTable[];
  period: AskedPeriod;
  now: Date;
  /** When it aborts, columns that were not looked at by then are left out, which a warning tells. */
  budget?: AbortSignal | undefined;
}

/**
 * What every table is made of, and what must be known of it. Rejects with `invalid_request` for words about columns that
 * are not there, and for a period that no table can have.
 */
export async function profileTables(
  session: Pick<DataSession, 'query' | 'tables'>,
  { tables: kept, period, now, budget }: ProfileRequest,
): Promise<Pick<InsightReport, 'tables' | 'warnings'>> {
  const hasColumn = session.tables.map((table) => period.column === undefined || names(table).has(period.column));
  if (!hasColumn.includes(true)) {
    throw new AppError('invalid_request', {
      issues: [{ path: 'period.column', message: unknownColumn(session.tables) }],
    });
  }
  const tables: InsightReport['tables'][number][] = [];
  const warnings: DataWarning[] = [];
  for (const [index, table] of session.tables.entries()) {
    const hints = kept[index]?.columns ?? [];
    assertColumns(hints, { table, index });
    const options = hasColumn[index] === true ? { table, hints, period, now, budget } : { table, hints, now, budget };
    const { profile, warnings: found } = await profileTable(session, options);
    tables.push(profile);
    warnings.push(...table.warnings, ...found);
  }
  return { tables, warnings };
}

function assertColumns(hints: readonly ColumnHint[], { table, index }: { table: LoadedTable; index: number }): void {
  const known = names(table);
  const issues = hints.flatMap(({ name }, place) =>
    known.has(name) ? [] : [{ path: `tables[${index}].columns[${place}].name`, message: unknownColumn([table]) }],
  );
  if (issues.length === 0) return;
  throw new AppError('invalid_request', {
    detail: told`The table "${table.name}" has no such column: see "issues".`,
    issues,
  });
}

const mostNames = 40;

function unknownColumn(tables: readonly LoadedTable[]): Told {
  const known = tables.flatMap((table) => [...names(table)]);
  return told`must be one of ${known.slice(0, mostNames).join(', ') + (known.length > mostNames ? ', …' : '')}`;
}

function names({ columns }: LoadedTable): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name));
}
