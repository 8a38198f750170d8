import type { DuckDBConnection } from '@duckdb/node-api';
import { askNumbers } from '../../ask.ts';
import { stagedTable } from '../staged-table.ts';
import type { TypedColumn } from './typed-column.ts';

/** What is asked about all values of a column, to find out whether it has a type. */
export interface TypeAttempt {
  /** As `staged` calls the column. */
  value: string;
  /** Each different value is looked at once, where many rows have the same. */
  looksOnce: boolean;
  /** SQL of what the numbers are made of, under names that have `value` in them; each of them may use the ones before. */
  computed: readonly string[];
  /** SQL of whole numbers, over `value`, what is computed, and `times`: how many rows have the value. */
  numbers: readonly string[];
  /** What the column becomes, by these numbers in their order; null: it is not of this type. */
  decide(numbers: readonly number[]): TypedColumn | null;
}

/** SQL of how many rows have values of which that is true. */
export function times(condition: string): string {
  return `sum(CASE WHEN ${condition} THEN times END)`;
}

/** Of fewer rows, to plan a statement takes longer than to look at every value. */
const fewRows = 4_096;
/** Of more columns in one statement, planning takes more than its share. */
const mostAtOnce = 50;

/** What becomes of each attempt, in their order. Small tables take few statements, and may have a thousand columns. */
export async function tryTypes(
  connection: DuckDBConnection,
  attempts: readonly TypeAttempt[],
  { rows }: { rows: number },
): Promise<(TypedColumn | null)[]> {
  const atOnce = rows <= fewRows ? mostAtOnce : 1;
  const decided: (TypedColumn | null)[] = [];
  for (let first = 0; first < attempts.length; first += atOnce) {
    const some = attempts.slice(first, first + atOnce);
    const source = rows <= fewRows ? everyRow(some) : some.map(sourceOf).join(', ');
    decided.push(...(await trySome(connection, some, source)));
  }
  return decided;
}

async function trySome(
  connection: DuckDBConnection,
  attempts: readonly TypeAttempt[],
  source: string,
): Promise<(TypedColumn | null)[]> {
  const asked = attempts.flatMap(({ numbers }) => numbers);
  const found = await askNumbers(connection, `SELECT ${asked.join(', ')} FROM ${withComputed(attempts, source)}`);
  let place = 0;
  return attempts.map(({ numbers, decide }) => {
    const own = found.slice(place, place + numbers.length);
    place += numbers.length;
    return decide(own);
  });
}

/** A level for each step: where names stand for what is beside them, planning takes their number squared. */
function withComputed(attempts: readonly TypeAttempt[], source: string): string {
  const steps = Math.max(...attempts.map(({ computed }) => computed.length));
  let table = source;
  for (let step = 0; step < steps; step += 1) {
    const columns = attempts.flatMap(({ computed }) => computed.slice(step, step + 1));
    table = `(SELECT ${['*', ...columns].join(', ')} FROM ${table})`;
  }
  return table;
}

function sourceOf(attempt: TypeAttempt): string {
  const { value, looksOnce } = attempt;
  return looksOnce ? `(SELECT ${value}, count(*) AS times FROM ${stagedTable} GROUP BY ${value})` : everyRow([attempt]);
}

function everyRow(attempts: readonly TypeAttempt[]): string {
  return `(SELECT ${attempts.map(({ value }) => value).join(', ')}, 1 AS times FROM ${stagedTable})`;
}
