/**
 * One row of a table as a line that can be found and quoted by itself: `Cidade: Manaus; Prazo: 12 dias` with the names of
 * the columns, else `Manaus | 12 dias`. Empty cells are left out.
 */
export function recordLine(header: readonly string[] | null, cells: readonly string[]): string {
  const values = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
  if (header === null) return values.filter((value) => value !== '').join(' | ');
  return values
    .map((value, column) => {
      const name = header[column] ?? '';
      return value === '' || name === '' ? value : `${name}: ${value}`;
    })
    .filter((field) => field !== '')
    .join('; ');
}

/** Whether a first row names its columns: at least two different short names, and no number among them. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim());
  while (names.at(-1) === '') names.pop();
  return (
    names.length >= 2 &&
    new Set(names).size === names.length &&
    names.every((name) => name !== '' && name.length <= longestColumnName && !/^[\s\d.,:;/%$€R+-]*$/.test(name))
  );
}

const longestColumnName = 80;
