import type { Cell } from '../../../models/table.ts';

/**
 * SQL that puts the rows of a group into one text, of cells without spaces and semicolons: thousands of rows would be more
 * than a result may have. In any order, for to put each group in order takes the engine longer than all else.
 */
export function packSql(cells: readonly string[]): string {
  const texts = cells.map((cell) => `coalesce(CAST(${cell} AS VARCHAR), '')`);
  return `string_agg(${texts.join(` || ' ' || `)}, ';')`;
}

/** The rows, in the order of their texts; a cell that was null is empty. */
export function unpackRows(packed: Cell): string[][] {
  return String(packed)
    .split(';')
    .toSorted()
    .map((row) => row.split(' '));
}
