import { CsvError, parse } from 'csv-parse/sync';

/** Also the order of preference: numbers contain commas, and notes contain semicolons less often. */
const delimiters = ['\t', ';', '|', ','] as const;
const sampleLength = 64 * 1024;
const sampleRows = 20;

/** The delimiter that cuts most of the first rows of a text into the same number of columns. */
export function delimiterOf(text: string): string {
  const sample = text.slice(0, sampleLength);
  const end = sample.lastIndexOf('\n') + 1;
  // A first row that is longer than the sample tells its delimiter too.
  const whole = sample.length < text.length && end > 0 ? sample.slice(0, end) : sample;
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = regularity(whole, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The share of the rows that have the most frequent number of columns; 0 when that is one column. */
function regularity(sample: string, delimiter: string): number {
  const counts = new Map<number, number>();
  const rows = rowsOf(sample, delimiter);
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [columns, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [1, 0];
  return columns > 1 ? count / rows.length : 0;
}

function rowsOf(sample: string, delimiter: string): string[][] {
  try {
    return parse(sample, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      to: sampleRows,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quote is not closed, which whoever reads the rows has to say: the lines still tell the delimiter.
    const lines = sample.split(/\r\n?|\n/).filter((line) => line !== '');
    return lines.slice(0, sampleRows).map((line) => line.split(delimiter));
  }
}
