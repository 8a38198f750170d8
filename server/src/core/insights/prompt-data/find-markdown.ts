import type { FoundTable } from './found-table.ts';

const fewestRows = 2;
const separator = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;

/** The first table of Markdown: a header, a line of dashes, and rows. Its content is CSV. */
export function findMarkdown(text: string): FoundTable | undefined {
  const lines = [...text.matchAll(/[^\n]+/g)].map(({ index, 0: line }) => ({ start: index, line }));
  const dashes = lines.findIndex(({ line }, index) => index > 0 && line.includes('|') && separator.test(line));
  const header = lines[dashes - 1];
  if (dashes === -1 || header === undefined) return undefined;
  const columns = cellsOf(header.line).length;
  const below = lines.slice(dashes + 1);
  const after = below.findIndex(({ line }) => !line.includes('|'));
  const rows = after === -1 ? below : below.slice(0, after);
  const last = rows.at(-1);
  if (columns < 2 || rows.length < fewestRows || last === undefined) return undefined;
  const content = [header, ...rows].map(({ line }) => toCsv(cellsOf(line), columns)).join('\n');
  return { start: header.start, end: last.start + last.line.length, format: 'csv', delimiter: ',', content };
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}

/** Cells that are missing are empty, and those beyond the header belong to no column. */
function toCsv(cells: readonly string[], columns: number): string {
  const all = Array.from({ length: columns }, (_, index) => cells[index] ?? '');
  return all.map((cell) => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',');
}
