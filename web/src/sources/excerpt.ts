import type { DocumentContent } from '@billumy/protocol';

export interface Span {
  start: number;
  end: number;
}

export type ExcerptPart =
  | { type: 'text' | 'highlight'; start: number; text: string }
  | { type: 'page'; start: number; number: number };

/** The part of a document's text between two offsets, with the beginnings of pages and the cited span told apart. */
export function excerpt(
  { text, pages }: Pick<DocumentContent, 'text' | 'pages'>,
  shown: Span,
  cited: Span,
): ExcerptPart[] {
  const breaks = pages.filter(({ start }) => start >= shown.start && start < shown.end);
  const inside = (offset: number): boolean => offset > shown.start && offset < shown.end;
  const edges = [shown.start, ...breaks.map(({ start }) => start), cited.start, cited.end, shown.end]
    .filter((offset) => inside(offset) || offset === shown.start || offset === shown.end)
    .toSorted((first, second) => first - second);
  const parts: ExcerptPart[] = [];
  for (const [index, start] of [...new Set(edges)].entries()) {
    const page = breaks.find((each) => each.start === start);
    if (page !== undefined) parts.push({ type: 'page', start, number: page.number });
    const end = [...new Set(edges)][index + 1];
    if (end === undefined) break;
    const isCited = start >= cited.start && end <= cited.end;
    parts.push({ type: isCited ? 'highlight' : 'text', start, text: text.slice(start, end) });
  }
  return parts;
}

/** A stretch around the span, moved to whole words and never through a surrogate pair. */
export function around(text: string, span: Span, characters: number): Span {
  const from = Math.max(0, span.start - characters);
  const to = Math.min(text.length, span.end + characters);
  const gap = text.slice(from, span.start).search(/\s/);
  const last = /\s\S*$/.exec(text.slice(span.end, to));
  return {
    start: from === 0 || gap === -1 ? from + half(text, from) : from + gap,
    end: to === text.length || last === null ? to - half(text, to) : span.end + last.index,
  };
}

/** 1 where the offset is in the middle of a surrogate pair, else 0. */
function half(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff ? 1 : 0;
}
