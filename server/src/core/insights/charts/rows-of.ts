import type { Finding } from '../../../models/insight.ts';
import type { Cell } from '../../../models/table.ts';

export type Row = Readonly<Record<string, Cell>>;

/** The rows of the evidence that a finding rests on, with cells by their column. */
export function rowsOf({ evidence }: Finding): readonly Row[] {
  const [first] = evidence;
  if (first === undefined) return [];
  const { columns, rows } = first.result;
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}

/** A number that can be drawn; null for what is none. */
export function amountOf(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined || typeof cell === 'boolean' || cell === '') return null;
  const amount = Number(cell);
  return Number.isFinite(amount) ? amount : null;
}
