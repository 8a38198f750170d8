import { withoutHeadingMarks, type Citation, type Source } from '@billumy/protocol';
import type { ReactNode } from 'react';
import type { SourceSpan } from '../../sources/source-viewer.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';

type AnswerTexts = (typeof askTexts)['pt']['answer'];

/** The buttons that stand for `[n]` in an answer. */
export function toMarkers(
  citations: readonly Citation[],
  texts: AnswerTexts,
  onShow: (source: SourceSpan) => void,
): ReadonlyMap<number, ReactNode> {
  return new Map(
    citations.map((citation) => [
      citation.marker,
      <button
        key={citation.marker}
        type="button"
        className="marker"
        aria-label={labelOf(citation, texts)}
        title={labelOf(citation, texts)}
        onClick={() => onShow(citation)}
      >
        {citation.marker}
      </button>,
    ]),
  );
}

function labelOf({ marker, document, page }: Citation, texts: AnswerTexts): string {
  const source = texts.source(marker, document.title);
  return page === null ? source : `${source}, ${texts.page(page)}`;
}

export interface SourceListProps {
  citations: readonly Citation[];
  onShow(source: SourceSpan): void;
}

/** The sources of an answer, each with the words that it rests on. */
export function SourceList({ citations, onShow }: SourceListProps) {
  const texts = useTexts(askTexts).answer;
  if (citations.length === 0) return null;
  return (
    <section className="sources" aria-label={texts.sources}>
      <h3>{texts.sources}</h3>
      <ol>
        {citations.map((citation) => (
          <li key={citation.marker}>
            <button type="button" className="source" onClick={() => onShow(citation)}>
              <span className="source-number">{citation.marker}</span>
              <SourceText title={citation.document.title} page={citation.page} quote={citation.quote} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What came closest to a question that was not answered. */
export function NearestPassages({
  passages,
  onShow,
}: {
  passages: readonly Source[];
  onShow(source: SourceSpan): void;
}) {
  const texts = useTexts(askTexts).answer;
  if (passages.length === 0) return null;
  return (
    <section className="sources" aria-label={texts.nearest}>
      <h3>{texts.nearest}</h3>
      <p>{texts.nearestDetail}</p>
      <ul>
        {passages.map(({ document, page, start, end, text }) => (
          <li key={`${document.id}-${start}`}>
            <button
              type="button"
              className="source"
              onClick={() => onShow({ document, page, start, end, quote: text })}
            >
              <SourceText title={document.title} page={page} quote={text} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SourceText({ title, page, quote }: { title: string; page: number | null; quote: string }) {
  const texts = useTexts(askTexts).answer;
  return (
    <span className="source-text">
      <span className="source-title">
        {title}
        {page !== null && <span className="source-page">, {texts.page(page)}</span>}
      </span>
      <span className="source-quote">{withoutHeadingMarks(quote)}</span>
    </span>
  );
}
