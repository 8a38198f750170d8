import { maxTitleLength } from '../limits.ts';
import type { PdfLine } from './lines.ts';

const headingScale = 1.15;
const mostLevels = 4;
/** When this much of the text is large, large letters mean nothing. */
const mostHeadingShare = 0.3;

/**
 * Tells headings by their size: the level of a line in larger letters than most of the text, 1 for the largest; 0 for
 * text. Files keep no better sign of them.
 */
export function headingLevels(pages: readonly (readonly PdfLine[])[]): (line: PdfLine) => number {
  const charactersOf = new Map<number, number>();
  let total = 0;
  for (const line of pages.flat()) {
    const size = sizeOf(line);
    charactersOf.set(size, (charactersOf.get(size) ?? 0) + line.text.length);
    total += line.text.length;
  }
  const body = [...charactersOf].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const large = [...charactersOf].filter(([size]) => size >= body * headingScale);
  const largeCharacters = large.reduce((sum, [, characters]) => sum + characters, 0);
  if (largeCharacters > total * mostHeadingShare) return () => 0;
  const sizes = large.map(([size]) => size).toSorted((a, b) => b - a);
  return (line) => {
    const rank = sizes.indexOf(sizeOf(line));
    const isHeading =
      rank >= 0 && line.text.length <= maxTitleLength && /\p{L}{2}/u.test(line.text) && !dotLeader.test(line.text);
    return isHeading ? Math.min(rank + 1, mostLevels) : 0;
  };
}

/** A line of a table of contents. */
const dotLeader = /(?:[.\u2026] ?){5}/;

/** Half points: files round the same size differently. */
function sizeOf(line: PdfLine): number {
  return Math.round(line.height * 2) / 2;
}
