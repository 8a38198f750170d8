import type { QueryResult } from '../../../models/table.ts';

export interface Answered<Column> {
  columns: readonly Column[];
  result: QueryResult;
}

/** Of so many columns with the most members that are looked at, the groups are not more than a result may have. */
const mostAtOnce = 20;

/**
 * Asks about many columns at once, and where the result does not fit, about each half of them. What does not even fit for
 * one column is given as it is, truncated.
 */
export async function askTogether<Column>(
  columns: readonly Column[],
  ask: (columns: readonly Column[]) => Promise<QueryResult>,
): Promise<Answered<Column>[]> {
  if (columns.length > mostAtOnce) return askHalves(columns, ask);
  const result = await ask(columns);
  return result.truncated && columns.length > 1 ? askHalves(columns, ask) : [{ columns, result }];
}

async function askHalves<Column>(
  columns: readonly Column[],
  ask: (columns: readonly Column[]) => Promise<QueryResult>,
): Promise<Answered<Column>[]> {
  const middle = Math.ceil(columns.length / 2);
  const first = await askTogether(columns.slice(0, middle), ask);
  return [...first, ...(await askTogether(columns.slice(middle), ask))];
}
