import { getDocumentContent, ProblemError, type DocumentContent } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useConnection } from '../api/session-context.tsx';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Loading } from '../components/loading.tsx';
import { askTexts } from '../texts/ask.ts';
import { useTexts } from '../texts/translated.ts';
import { around, excerpt } from './excerpt.ts';

const step = 6_000;

/** A span of a document, as a citation or a passage names it. */
export interface SourceSpan {
  document: { id: string; title: string; revision: number };
  page: number | null;
  start: number;
  end: number;
  /** The text of the span, for when the document is gone. */
  quote: string;
}

/** Shows a document at a span of it, highlighted, over the page. */
export function SourceViewer({ source, onClose }: { source: SourceSpan; onClose(): void }) {
  const texts = useTexts(askTexts).viewer;
  const connection = useConnection();
  const { id, title, revision } = source.document;
  const content = useQuery({
    queryKey: ['document-content', id, revision],
    queryFn: ({ signal }) => getDocumentContent(connection, id, { revision, signal }),
    // A revision never changes.
    staleTime: Infinity,
  });
  return (
    <Dialog title={title} onClose={onClose} variant="side">
      {content.isPending && <Loading what={texts.waiting} />}
      {content.isError && isGone(content.error) && <Gone quote={source.quote} />}
      {content.isError && !isGone(content.error) && (
        <ErrorNotice error={content.error} onRetry={() => void content.refetch()} />
      )}
      {content.isSuccess && <PageOf content={content.data} source={source} />}
      {content.isSuccess && <Text content={content.data} source={source} />}
    </Dialog>
  );
}

function isGone(error: Error): boolean {
  return error instanceof ProblemError && error.problem.code === 'not_found';
}

function Gone({ quote }: { quote: string }) {
  const texts = useTexts(askTexts).viewer;
  return (
    <>
      <p>{texts.gone}</p>
      <blockquote className="quote">{quote}</blockquote>
    </>
  );
}

/** The page on which the span itself begins: a passage may have begun on the one before. */
function PageOf({ content: { pages }, source }: { content: DocumentContent; source: SourceSpan }) {
  const texts = useTexts(askTexts).viewer;
  const page = pages.findLast(({ start }) => start <= source.start);
  return page === undefined ? null : <p className="viewer-page">{texts.page(page.number)}</p>;
}

/** Long documents are shown around the span, and further when asked for. */
function Text({ content, source }: { content: DocumentContent; source: SourceSpan }) {
  const texts = useTexts(askTexts).viewer;
  const [before, setBefore] = useState(step);
  const [after, setAfter] = useState(step);
  const highlight = useRef<HTMLElement>(null);
  useEffect(() => {
    highlight.current?.scrollIntoView({ block: 'center' });
  }, []);
  const shown = {
    start: around(content.text, source, before).start,
    end: around(content.text, source, after).end,
  };
  return (
    <div className="viewer-text">
      {shown.start > 0 && (
        <Button variant="plain" onClick={() => setBefore(before + step)}>
          {texts.before}
        </Button>
      )}
      <div className="viewer-lines">
        {excerpt(content, shown, source).map((part) => {
          if (part.type === 'page') {
            return (
              <span key={`page-${part.start}`} className="viewer-break">
                {texts.page(part.number)}
              </span>
            );
          }
          if (part.type === 'text') return <span key={part.start}>{part.text}</span>;
          return (
            <mark key={part.start} ref={highlight} className="viewer-highlight">
              {part.text}
            </mark>
          );
        })}
      </div>
      {shown.end < content.text.length && (
        <Button variant="plain" onClick={() => setAfter(after + step)}>
          {texts.after}
        </Button>
      )}
    </div>
  );
}
