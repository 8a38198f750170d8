import type { RetrievedPassage } from '../../retrieval/retrieval.ts';
import type { Evidence } from './evidence.ts';

/**
 * Turns passages, best first, into numbered sources: passages of one document that overlap or touch become one, at the
 * place of the better one, so that no sentence is given to the model twice.
 */
export function mergeNeighbours(passages: readonly RetrievedPassage[]): Evidence[] {
  const merged: Evidence[] = [];
  for (const retrieved of passages) {
    let evidence = fromPassage(retrieved);
    let place = merged.length;
    for (let index = merged.length - 1; index >= 0; index--) {
      const other = merged[index];
      if (other === undefined || !touch(other, evidence)) continue;
      evidence = join(other, evidence);
      merged.splice(index, 1);
      place = index;
    }
    merged.splice(place, 0, evidence);
  }
  return merged.map((evidence, index) => ({ ...evidence, number: index + 1 }));
}

function fromPassage({ passage, score }: RetrievedPassage): Evidence {
  return {
    number: 0,
    document: { id: passage.documentId, title: passage.title, revision: passage.revision },
    section: passage.section,
    page: passage.page,
    start: passage.start,
    end: passage.end,
    text: passage.text,
    score,
    passageIds: [passage.id],
    pageStarts: [
      { start: passage.start, page: passage.page },
      ...passage.pageBreaks.map(({ start, number }) => ({ start, page: number })),
    ],
  };
}

function touch(one: Evidence, other: Evidence): boolean {
  return (
    one.document.id === other.document.id &&
    one.document.revision === other.document.revision &&
    one.start <= other.end &&
    other.start <= one.end
  );
}

function join(one: Evidence, other: Evidence): Evidence {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  return {
    ...first,
    end: Math.max(first.end, second.end),
    text: first.text + second.text.slice(Math.max(0, first.end - second.start)),
    score: Math.max(one.score, other.score),
    passageIds: [...first.passageIds, ...second.passageIds],
    pageStarts: [...first.pageStarts, ...second.pageStarts].toSorted((a, b) => a.start - b.start),
  };
}
