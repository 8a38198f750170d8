/** Columns of tables that say something else each time, and what stands in their place. */
const volatile = { ID: '<id>', SIZE: '<size>', MODIFIED: '<time>', CONTEXT: '<tokens>' };
const gap = '    ';

/** The lines without what says something else each time: digests, times, durations, the shape of the model, spinners. */
export function normalise(lines) {
  const shown = lines.map((line) =>
    line
      .replace(/^[\u2800-\u28FF] /, '')
      .replaceAll(/\b[\da-f]{64}\b/g, '<digest>')
      .replace(/^(\s+(?:parameters|context length|embedding length)\s+)\S+$/, '$1<number>')
      .replace(/^((?:total|load|prompt eval|eval) duration: +)\S+/, '$1<time>')
      .replace(/^((?:prompt eval|eval) count: +)\d+/, '$1<number>')
      .replace(/^((?:prompt eval|eval) rate: +)[\d.]+/, '$1<number>'),
  );
  const [header = '', ...rows] = shown;
  const table = header.startsWith('NAME ') ? alignedTable([header, ...rows]) : shown;
  return withoutBlankEnds(table);
}

function alignedTable(lines) {
  const rows = lines.filter((line) => line !== '').map((line) => line.split(/\s{2,}/));
  const [header] = rows;
  const cells = [header, ...rows.slice(1).map((row) => row.map((cell, index) => volatile[header[index]] ?? cell))];
  const widths = header.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index]))
      .join(gap)
      .trimEnd(),
  );
}

function withoutBlankEnds(lines) {
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return first === -1 ? [] : lines.slice(first, last + 1);
}
