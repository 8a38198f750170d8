import type { PdfLine } from './lines.ts';

/** So many lines from the top and from the bottom of a page may be printed on every page. */
const edgeLines = 2;
/** On fewer pages a repeated line is a coincidence. */
const fewestPages = 3;
const repeatedShare = 0.5;

/**
 * Pages without the lines that stand at the edge of most of them (names of the document, page numbers), which would cut
 * sentences that go on overleaf. Each is kept where it stands first, except for bare page numbers.
 */
export function withoutRunningHeads(pages: readonly (readonly PdfLine[])[]): readonly (readonly PdfLine[])[] {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const key of new Set(edgesOf(lines).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const enough = Math.max(fewestPages, pages.length * repeatedShare);
  const seen = new Set<string>();
  return pages.map((lines) => {
    const edges = new Set(edgesOf(lines));
    return lines.filter((line) => {
      const key = keyOf(line);
      if (!edges.has(line) || (counts.get(key) ?? 0) < enough) return true;
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst && /\p{L}{3}/u.test(line.text) && !pageNumber.test(line.text);
    });
  });
}

const pageNumber = /^\W*(?:p[áa]g(?:ina|\.)?|page)?\s*\d+\s*(?:(?:de|of|\/)\s*\d+)?\W*$/i;

function edgesOf(lines: readonly PdfLine[]): PdfLine[] {
  return [...lines.slice(0, edgeLines), ...lines.slice(Math.max(edgeLines, lines.length - edgeLines))];
}

/** The same line on another page has other numbers. */
function keyOf(line: PdfLine): string {
  return line.text.replace(/\d+/g, '#');
}
