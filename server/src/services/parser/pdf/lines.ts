/** What pdf.js says about a piece of text; `transform` ends with the position of its left end on the baseline. */
export interface PdfTextItem {
  str: string;
  hasEOL: boolean;
  width: number;
  height: number;
  transform: readonly number[];
}

/** A line of print. Lengths are in points; y grows upwards. */
export interface PdfLine {
  text: string;
  left: number;
  right: number;
  baseline: number;
  /** Of its largest letters. */
  height: number;
}

/** A gap this many times as wide as the letters are high stands between two columns of a table. */
const columnGap = 2;

/** The lines of a page in the order in which the file draws them, which is the order of reading in most files. */
export function linesOf(items: readonly PdfTextItem[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfLine | null = null;
  for (const item of items) {
    if (item.str !== '') line = extend(line, item);
    if (item.hasEOL && line !== null) {
      lines.push(line);
      line = null;
    }
  }
  if (line !== null) lines.push(line);
  return lines.map((each) => ({ ...each, text: each.text.trim() })).filter((each) => each.text !== '');
}

function extend(line: PdfLine | null, item: PdfTextItem): PdfLine | null {
  const [, , , , left = 0, baseline = 0] = item.transform;
  const isBlank = item.str.trim() === '';
  if (line === null) {
    if (isBlank) return null;
    return { text: item.str, left, right: left + item.width, baseline, height: item.height };
  }
  if (isBlank) line.text += item.width > line.height * columnGap ? ' | ' : ' ';
  else {
    line.text += item.str;
    line.right = Math.max(line.right, left + item.width);
    line.height = Math.max(line.height, item.height);
  }
  return line;
}
