import { ProblemError } from '@billumy/protocol';
import type { ChosenTable } from './chosen-tables.ts';

const tableFaults = ['table_broken', 'table_too_large'];

export interface TableFault {
  table: string;
  error: unknown;
}

/** Which table could not be read: the service tells its name in quotes where there may be several. */
export function findTableFault(error: unknown, tables: readonly ChosenTable[]): TableFault | null {
  if (!(error instanceof ProblemError) || !tableFaults.includes(error.problem.code)) return null;
  const detail = error.problem.detail ?? '';
  const named = tables.find(({ name }) => detail.includes(`"${name}"`));
  const [only] = tables;
  const faulty = named ?? (tables.length === 1 ? only : undefined);
  return faulty === undefined ? null : { table: faulty.name, error };
}
