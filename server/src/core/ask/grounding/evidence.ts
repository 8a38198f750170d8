import type { Source } from '../../../models/answer.ts';

/** A source together with what later stages need to quote it exactly. */
export interface Evidence extends Source {
  passageIds: readonly string[];
  /** Where its passages and the pages within them begin, in order, and the page of each of these places. */
  pageStarts: readonly { start: number; page: number | null }[];
}

/** The page of an offset in it. */
export function pageAt(evidence: Evidence, offset: number): number | null {
  const found = evidence.pageStarts.findLast(({ start }) => start <= offset);
  return found?.page ?? evidence.page;
}

/** The same evidence cut to `start`..`end` of the document. */
export function cutEvidence(evidence: Evidence, { start, end }: { start: number; end: number }): Evidence {
  return {
    ...evidence,
    start,
    end,
    page: pageAt(evidence, start),
    text: evidence.text.slice(start - evidence.start, end - evidence.start),
  };
}

/** For people and stores: without what only the stages use. */
export function asSource({ passageIds: _ids, pageStarts: _pages, ...source }: Evidence): Source {
  return source;
}
