import type { DuckDBConnection } from '@duckdb/node-api';
import { maxColumns, maxRows } from '../limits.ts';
import { chunkRows, createChunkWriter } from './chunk-writer.ts';
import { cleanNames } from './column-names.ts';
import type { StagedColumn, StagedContent } from './staged-table.ts';
import { tableTooLarge, tooManyColumns } from './table-error.ts';
import { told } from '../../../errors/told.ts';

const cellKinds = ['string', 'number', 'boolean', 'nested'] as const;
export type CellKind = (typeof cellKinds)[number];

/** Writes rows, whose columns show up one after the other, into `staged`. */
export interface RowStaging {
  /** The number of a new column. Throws `table_too_large`. */
  addColumn(name: string): number;
  /** The number of the column with that name, which is new if there is none. */
  column(name: string): number;
  /** A cell of the present row. */
  put(column: number, cell: { kind: CellKind; text: string }): void;
  endRow(): void;
  /** Whether `flush` must be called before the next row. */
  isFull(): boolean;
  flush(): Promise<void>;
  /** Call it once, after the last row. */
  finish(): Promise<StagedColumn[]>;
}

interface BufferedColumn {
  name: string;
  /** Of the rows that are not written yet. */
  values: (string | null)[];
  kinds: Record<CellKind, number>;
}

export function createRowStaging(connection: DuckDBConnection): RowStaging {
  const numbers = new Map<string, number>();
  const columns: BufferedColumn[] = [];
  const writer = createChunkWriter(connection);
  let buffered = 0;
  let rows = 0;

  function addColumn(name: string): number {
    if (columns.length === maxColumns) throw tooManyColumns();
    const values = Array<string | null>(chunkRows).fill(null);
    return columns.push({ name, values, kinds: { string: 0, number: 0, boolean: 0, nested: 0 } }) - 1;
  }

  async function flush(): Promise<void> {
    await writer.write(
      columns.map(({ values }) => values.slice(0, buffered)),
      buffered,
    );
    for (const { values } of columns) values.fill(null);
    buffered = 0;
  }

  return {
    addColumn,
    column(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      const added = addColumn(name);
      numbers.set(name, added);
      return added;
    },
    put(column, { kind, text }) {
      const trimmed = text.trim();
      if (trimmed === '') return;
      const { values, kinds } = columns[column]!;
      values[buffered] = trimmed.replaceAll('\0', '\uFFFD');
      kinds[kind] += 1;
    },
    endRow() {
      buffered += 1;
      rows += 1;
      if (rows > maxRows) throw tableTooLarge(told`There are more than ${maxRows} rows.`);
    },
    isFull: () => buffered === chunkRows,
    flush,
    async finish() {
      await flush();
      writer.close();
      const clean = cleanNames(columns.map(({ name }) => name));
      return columns.map(({ kinds }, index) => ({ ...clean[index]!, content: contentOf(kinds) }));
    },
  };
}

function contentOf(kinds: Record<CellKind, number>): StagedContent {
  const found = cellKinds.filter((kind) => kinds[kind] > 0);
  const [only = 'string'] = found;
  if (found.length <= 1) return { kind: only };
  const counts = found.map((kind) => kinds[kind]);
  return { kind: 'mixed', strangers: counts.reduce((sum, count) => sum + count, 0) - Math.max(...counts) };
}
