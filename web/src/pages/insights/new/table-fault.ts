import { ProblemError } from '@billumy/protocol';
import type { ChosenTable } from './chosen-tables.ts';

const tableFaults = ['table_broken', 'table_too_large'];

/** The name of the table that could not be read: the service tells it in quotes where there may be several. */
export function faultyTable(error: unknown, tables: readonly ChosenTable[]): string | null {
  if (!(error instanceof ProblemError) || !tableFaults.includes(error.problem.code)) return null;
  const detail = error.problem.detail ?? '';
  const named = tables.find(({ name }) => detail.includes(`"${name}"`));
  const [only] = tables;
  return (named ?? (tables.length === 1 ? only : undefined))?.name ?? null;
}
