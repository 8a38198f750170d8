import type { Cell, LoadedTable } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { quoteName } from '../../../models/sql.ts';
import { isNumber, kindOfType, type TypeKind } from './type-kind.ts';

/** What a query counted exactly in a column, and some of its values. */
export interface ColumnFacts {
  name: string;
  type: string;
  kind: TypeKind;
  /** Values that are not null. */
  values: number;
  distinct: number;
  /** Smallest and largest, as text; null for what has no order that matters. */
  least: string | null;
  greatest: string | null;
  /** Numbers that are not whole. */
  fractions: number;
  /** Up to 40 different values, as text that is cut: to tell what is in it, never to tell how often. */
  sample: readonly string[];
}

type CountedFacts = Omit<ColumnFacts, 'sample'>;
type Session = Pick<DataSession, 'query'>;

/** A count of different values keeps them all in memory: so many at once. */
const distinctValuesAtOnce = 10_000_000;
const mostColumnsAtOnce = 100;
/** At equal distances. */
const sampledRows = 100;
const fewValues = 3;
const sampledValues = 40;
const sampledCharacters = 60;
const factsPerColumn = 5;

export interface FactsOptions {
  /** Names of columns that are looked at before the others. */
  first: ReadonlySet<string>;
  /** When it aborts, no more columns are looked at; some always are. */
  budget: AbortSignal | undefined;
}

/** Facts of all columns that there is time for, in few queries; in the order of the table. */
export async function readColumnFacts(
  session: Session,
  table: LoadedTable,
  { first, budget }: FactsOptions,
): Promise<ColumnFacts[]> {
  const atOnce = Math.min(mostColumnsAtOnce, Math.max(1, Math.floor(distinctValuesAtOnce / Math.max(1, table.rows))));
  const columns = table.columns.toSorted((one, other) => Number(first.has(other.name)) - Number(first.has(one.name)));
  const facts = new Map<string, ColumnFacts>();
  for (let start = 0; start < columns.length; start += atOnce) {
    if (start > 0 && budget?.aborted === true) break;
    const some = await readSome(session, { ...table, columns: columns.slice(start, start + atOnce) });
    for (const column of some) facts.set(column.name, column);
  }
  return table.columns.flatMap(({ name }) => facts.get(name) ?? []);
}

async function readSome(session: Session, table: LoadedTable): Promise<ColumnFacts[]> {
  const aggregates = table.columns.flatMap(({ name, type }) => aggregatesOf(quoteName(name), kindOfType(type)));
  const { rows } = await session.query(`SELECT ${aggregates.join(', ')} FROM ${quoteName(table.name)}`);
  const cells = rows[0] ?? [];
  const counted = table.columns.map(({ name, type }, index) => {
    const [values = 0, distinct = 0, least = null, greatest = null, fractions = 0] = cells.slice(
      index * factsPerColumn,
    );
    return {
      name,
      type,
      kind: kindOfType(type),
      values: Number(values),
      distinct: Number(distinct),
      least: asText(least),
      greatest: asText(greatest),
      fractions: Number(fractions),
    };
  });
  const samples = await readSamples(session, table, counted);
  return counted.map((facts, index) => ({ ...facts, sample: samples[index] ?? [] }));
}

function aggregatesOf(column: string, kind: TypeKind): string[] {
  const isOrdered = isNumber(kind) || kind === 'date';
  return [
    `count(${column})`,
    kind === 'other' ? `count(DISTINCT CAST(${column} AS VARCHAR))` : `count(DISTINCT ${column})`,
    isOrdered ? `CAST(min(${column}) AS VARCHAR)` : 'NULL',
    isOrdered ? `CAST(max(${column}) AS VARCHAR)` : 'NULL',
    kind === 'decimal' ? `count(*) FILTER (${column} <> trunc(${column}))` : '0',
  ];
}

/**
 * By the place of the column. Rows are taken at equal distances, so that the same table gives the same values; where they
 * have next to none, as in a column that is nearly empty, the first values are taken.
 */
async function readSamples(session: Session, table: LoadedTable, facts: readonly CountedFacts[]): Promise<string[][]> {
  const isSampled = ({ kind, values }: CountedFacts): boolean => {
    return values > 0 && kind !== 'date' && kind !== 'boolean' && kind !== 'other';
  };
  const step = Math.max(1, Math.floor(table.rows / sampledRows));
  const all = facts.map(({ name }, index) => `${quoteName(name)} AS c${index}`).join(', ');
  const texts = facts.map((column, index) => (isSampled(column) ? cutText(`c${index}`) : 'NULL')).join(', ');
  const { rows } = await session.query(
    `SELECT ${texts} FROM (SELECT ${all}, row_number() OVER () AS r FROM ${quoteName(table.name)}) ` +
      `WHERE r % ${step} = 0 ORDER BY r LIMIT ${sampledRows}`,
  );
  const samples = facts.map((_, index) => different(rows.map((row) => row[index] ?? null)));
  const sparse = facts.flatMap((column, index) => {
    return isSampled(column) && (samples[index]?.length ?? 0) < Math.min(fewValues, column.distinct) ? [index] : [];
  });
  for (const index of sparse) {
    const text = cutText(quoteName(facts[index]?.name ?? ''));
    const first = `SELECT ${text} FROM ${quoteName(table.name)} WHERE ${text} IS NOT NULL LIMIT ${sampledValues}`;
    samples[index] = different((await session.query(first)).rows.map(([cell = null]) => cell));
  }
  return samples;
}

function cutText(column: string): string {
  return `left(CAST(${column} AS VARCHAR), ${sampledCharacters})`;
}

function different(cells: readonly Cell[]): string[] {
  return [...new Set(cells.flatMap((cell) => (cell === null ? [] : [String(cell)])))].slice(0, sampledValues);
}

function asText(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}
