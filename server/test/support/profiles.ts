import { profileTable } from '../../src/core/insights/profile/profile-table.ts';
import type { PeriodRequest } from '../../src/core/insights/profile/time-axis.ts';
import type { ColumnProfile, TableProfile } from '../../src/models/insight.ts';
import type { ColumnHint, DataWarning } from '../../src/models/table.ts';
import type { DataSession } from '../../src/ports/data-engine.ts';

export const noon = new Date('2026-11-30T12:00:00Z');

export interface Profiled {
  profile: TableProfile;
  warnings: readonly DataWarning[];
  column(name: string): ColumnProfile;
  /** Codes of the warnings about a column, or about the table. */
  codes(column: string | null): string[];
}

export interface ProfiledOptions {
  hints?: readonly ColumnHint[];
  period?: PeriodRequest;
  now?: Date;
  budget?: AbortSignal;
}

/** The profile of the first table of a session. */
export async function profileOf(
  session: DataSession,
  { hints = [], period, now = noon, budget }: ProfiledOptions = {},
): Promise<Profiled> {
  const table = session.tables[0]!;
  const { profile, warnings } = await profileTable(session, { table, hints, period, now, budget });
  return {
    profile,
    warnings,
    column: (name) => profile.columns.find((column) => column.name === name)!,
    codes: (name) => warnings.filter(({ column }) => column === name).map(({ code }) => code),
  };
}

/** One row per day, from the first to the last. */
export function daysFrom(first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) => new Date(start + index * 86_400_000).toISOString().slice(0, 10));
}
