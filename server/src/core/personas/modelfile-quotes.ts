const longMark = '"""';
const shortMark = '"';

export interface Opening {
  /** What opens and closes the value; empty for a value that ends with its line. */
  mark: string;
  /** Whether the line that opens it closes it as well. */
  isClosed: boolean;
}

/** How a value begins, by its first line. */
export function readOpening(line: string): Opening {
  const text = line.trim();
  const mark = text.startsWith(longMark) ? longMark : text.startsWith(shortMark) ? shortMark : '';
  return { mark, isClosed: text.length >= 2 * mark.length && text.endsWith(mark) };
}

/** A value as a Modelfile has it, quoted where it would not come back otherwise. */
export function quoteModelfileValue(value: string): string {
  const isPlain = !/[\r\n]/.test(value) && value.trim() === value && !value.startsWith(shortMark);
  if (isPlain) return value;
  const mark = value.includes(shortMark) ? longMark : shortMark;
  return `${mark}${value}${mark}`;
}
