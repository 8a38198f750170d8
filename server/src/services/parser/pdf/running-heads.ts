import type { PdfLine } from './lines.ts';

/** So many lines from the top and from the bottom of a page may be printed on every page. */
const edgeLines = 2;
/** On fewer pages a repeated line is a coincidence. */
const fewestPages = 3;
const repeatedShare = 0.5;

/**
 * Pages without the lines that stand at the edge of most of them, equal but for the number of the page: they would cut
 * sentences that go on overleaf. Each is kept where it stands first, except for bare page numbers.
 */
export function withoutRunningHeads(pages: readonly (readonly PdfLine[])[]): readonly (readonly PdfLine[])[] {
  const counts = new Map<string, number>();
  for (const [index, lines] of pages.entries()) {
    for (const key of new Set(edgesOf(lines).map((line) => keyOf(line, index)))) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const enough = Math.max(fewestPages, pages.length * repeatedShare);
  const seen = new Set<string>();
  return pages.map((lines, index) => {
    const edges = new Set(edgesOf(lines));
    return lines.filter((line) => {
      const key = keyOf(line, index);
      if (!edges.has(line) || (counts.get(key) ?? 0) < enough) return true;
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst && !barePageNumber.test(line.text);
    });
  });
}

/** `12`, `- 12 -`, `Página 12 de 30`, `page 12/30` */
const barePageNumber = /^\W*(?:p[áa]g(?:ina|\.)?|page)?\W*(\d{1,5})\s*(?:(?:de|of|\/)\s*\d{1,5})?\W*$/i;
const numberAtEdge = /^\d{1,5}(?=\s)|(?<=\s)\d{1,5}$/g;

function edgesOf(lines: readonly PdfLine[]): PdfLine[] {
  return [...lines.slice(0, edgeLines), ...lines.slice(Math.max(edgeLines, lines.length - edgeLines))];
}

/** The number of a page is as far from its index on every page; other numbers make other lines. */
function keyOf({ text }: PdfLine, index: number): string {
  const offset = (number: string): string => `#${Number(number) - index}`;
  const bare = barePageNumber.exec(text)?.[1];
  return bare === undefined ? text.replace(numberAtEdge, offset) : offset(bare);
}
