import type { Evidence } from '../../src/core/ask/grounding/evidence.ts';

export interface EvidenceSketch {
  number?: number;
  documentId?: string;
  title?: string;
  section?: readonly string[];
  text: string;
  /** Where the text begins in its document. */
  start?: number;
}

export function evidence({
  number = 1,
  documentId,
  title = '',
  section = [],
  text,
  start = 0,
}: EvidenceSketch): Evidence {
  const id = documentId ?? `doc_${number}`;
  return {
    number,
    document: { id, title, revision: 1 },
    section,
    page: null,
    start,
    end: start + text.length,
    text,
    score: 1,
    passageIds: [`${id}:1:0`],
    pageStarts: [{ start, page: null }],
  };
}
