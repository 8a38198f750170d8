import type { DocumentContent, PassagePage } from '@billumy/protocol';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConnection, useMe } from '../../api/session-context.tsx';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { commonTexts } from '../../texts/common.ts';
import { documentTexts } from '../../texts/documents.ts';
import { useTexts } from '../../texts/translated.ts';
import { DocumentActions } from './document-actions.tsx';
import { contentQuery, documentQuery, passagesQuery } from './document-queries.ts';

/** The text of a document, whole or as it was cut into passages; `passage` is the number of the one to show, 0 for none. */
export function DocumentView({ id, passage }: { id: string; passage: number }) {
  const texts = useTexts(documentTexts).view;
  const connection = useConnection();
  const [, navigate] = useLocation();
  const mayChange = useMe().scopes.includes('ingest');
  const document = useQuery(documentQuery(connection, id));
  const content = useQuery(contentQuery(connection, id));
  const [form, setForm] = useState<'text' | 'passages'>(passage > 0 ? 'passages' : 'text');
  const failed = document.error ?? content.error;
  return (
    <div className="page">
      <Link className="back" href="/documents">
        {texts.back}
      </Link>
      {failed !== null && (
        <ErrorNotice error={failed} onRetry={() => void Promise.all([document.refetch(), content.refetch()])} />
      )}
      {failed === null && (document.data === undefined || content.data === undefined) && (
        <Loading what={texts.waiting} />
      )}
      {document.data !== undefined && content.data !== undefined && (
        <>
          <PageHeader title={document.data.title} lead={texts.lead(document.data)}>
            <Choice<'text' | 'passages'>
              label={texts.show}
              value={form}
              onChange={setForm}
              options={[
                { value: 'text', label: texts.text },
                { value: 'passages', label: texts.passages },
              ]}
            />
            <DocumentActions document={document.data} mayChange={mayChange} onDeleted={() => navigate('/documents')} />
          </PageHeader>
          {form === 'text' ? <WholeText content={content.data} /> : <Passages content={content.data} shown={passage} />}
        </>
      )}
    </div>
  );
}

const shownAtOnce = 60_000;

/** Of a long text the beginning, and more when asked for. */
function WholeText({ content: { text, pages } }: { content: DocumentContent }) {
  const texts = useTexts(documentTexts).view;
  const common = useTexts(commonTexts);
  const [length, setLength] = useState(shownAtOnce);
  const end = Math.min(text.length, length);
  const begins = pages.filter(({ start }) => start < end);
  const parts = begins.length === 0 ? [{ start: 0, number: null }] : begins;
  return (
    <div className="document-text">
      {parts.map(({ start, number }, index) => (
        <section key={start} aria-label={number === null ? undefined : texts.page(number)}>
          {number !== null && <p className="page-mark">{texts.page(number)}</p>}
          <p>{text.slice(start, parts[index + 1]?.start ?? end)}</p>
        </section>
      ))}
      {end < text.length && <Button onClick={() => setLength(length + shownAtOnce)}>{common.more}</Button>}
    </div>
  );
}

function Passages({ content, shown }: { content: DocumentContent; shown: number }) {
  const texts = useTexts(documentTexts).view;
  const common = useTexts(commonTexts);
  const { id, revision } = content;
  const passages = useInfiniteQuery(passagesQuery(useConnection(), { id, revision }));
  const items = passages.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetching, isError, fetchNextPage } = passages;
  const isShownMissing = items.length < shown && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (isShownMissing) void fetchNextPage();
  }, [isShownMissing, fetchNextPage]);
  if (passages.isPending) return <Loading what={texts.waiting} />;
  if (passages.isError) return <ErrorNotice error={passages.error} onRetry={() => void passages.refetch()} />;
  return (
    <div className="passages">
      <ol>
        {items.map((item) => (
          <PassageItem key={item.number} item={item} text={content.text} isShown={item.number === shown} />
        ))}
      </ol>
      {hasNextPage && (
        <Button disabled={isFetching} onClick={() => void fetchNextPage()}>
          {common.more}
        </Button>
      )}
    </div>
  );
}

interface PassageItemProps {
  item: PassagePage['items'][number];
  text: string;
  isShown: boolean;
}

function PassageItem({ item: { number, section, page, start, end }, text, isShown }: PassageItemProps) {
  const texts = useTexts(documentTexts).view;
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isShown) element.current?.scrollIntoView({ block: 'center' });
  }, [isShown]);
  return (
    <li ref={element} className={`panel passage ${isShown ? 'shown' : ''}`} aria-current={isShown ? true : undefined}>
      <p className="passage-head">
        <span className="badge">{texts.passage(number)}</span>
        {page !== null && <span>{texts.page(page)}</span>}
        {section.length > 0 && <span>{section.join(' › ')}</span>}
      </p>
      <p className="passage-text">{text.slice(start, end)}</p>
    </li>
  );
}
