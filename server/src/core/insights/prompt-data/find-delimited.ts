import type { FoundTable } from './found-table.ts';

/** A header and two rows: fewer are as likely prose. */
const fewestLines = 3;
const fewestColumns = 2;
const delimiters = ['\t', ';', ',', '|'] as const;
const number = /^[^\p{L}\d]{0,4}\d[\d.,\s]*%?$/u;

/** The longest run of lines with the same number of fields, a header of names, and a number in each row. */
export function findDelimited(text: string): FoundTable | undefined {
  const lines = [...text.matchAll(/[^\n]+/g)].map(({ index, 0: line }) => ({
    start: index,
    line: line.replace(/\r$/, ''),
  }));
  const runs = delimiters.flatMap((delimiter) => runsOf(lines, delimiter));
  return runs.toSorted((one, other) => other.end - other.start - (one.end - one.start))[0];
}

interface Line {
  start: number;
  line: string;
}

function runsOf(lines: readonly Line[], delimiter: string): FoundTable[] {
  const found: FoundTable[] = [];
  for (let first = 0; first < lines.length;) {
    const columns = fieldsOf(lines[first]?.line ?? '', delimiter).length;
    let end = first + 1;
    while (end < lines.length && fieldsOf(lines[end]?.line ?? '', delimiter).length === columns) end += 1;
    const run = lines.slice(first, end);
    const last = run.at(-1);
    if (last !== undefined && columns >= fewestColumns && isTable(run, delimiter)) {
      const content = run.map(({ line }) => line.trim()).join('\n');
      const start = run[0]?.start ?? 0;
      found.push({ start, end: last.start + last.line.length, format: 'csv', delimiter, content });
    }
    first = end;
  }
  return found;
}

function isTable(run: readonly Line[], delimiter: string): boolean {
  if (run.length < fewestLines) return false;
  const [header = [], ...rows] = run.map(({ line }) => fieldsOf(line, delimiter));
  const names = new Set(header.map((name) => name.toLowerCase()));
  const isHeader = names.size === header.length && header.every((name) => name !== '' && !number.test(name));
  return isHeader && rows.every((row) => row.some((field) => number.test(field)));
}

/** The fields of a line; a delimiter within quotation marks is none. */
function fieldsOf(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (const character of line.trim()) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) {
      fields.push(field.trim());
      field = '';
    } else field += character;
  }
  return [...fields, field.trim()];
}
