import type { Document } from '@billumy/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
import { commonTexts } from '../../texts/common.ts';
import { documentTexts } from '../../texts/documents.ts';
import { formatTime } from '../../texts/formats.ts';
import { problemTexts } from '../../texts/problems.ts';
import { useTexts } from '../../texts/translated.ts';
import { DocumentActions } from './document-actions.tsx';
import { documentsQuery, type DocumentFilter } from './document-queries.ts';

export interface DocumentListProps {
  collections: readonly string[];
  mayChange: boolean;
}

/** The documents that one may see, newest first. */
export function DocumentList({ collections, mayChange }: DocumentListProps) {
  const texts = useTexts(documentTexts).list;
  const common = useTexts(commonTexts);
  const [filter, setFilter] = useState<DocumentFilter>({ collection: undefined, status: undefined });
  const documents = useInfiniteQuery(documentsQuery(useConnection(), filter));
  if (documents.isPending) return <Loading what={texts.waiting} />;
  if (documents.isError) return <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />;
  const items = documents.data.pages.flatMap((page) => page.items);
  const isFiltered = filter.collection !== undefined || filter.status !== undefined;
  return (
    <section className="documents" aria-label={texts.title}>
      <Filters collections={collections} filter={filter} onChange={setFilter} />
      {items.length === 0 ? (
        <EmptyState
          icon="documents"
          title={isFiltered ? texts.noMatch : texts.none}
          detail={isFiltered ? texts.noMatchDetail : texts.noneDetail}
        />
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{texts.name}</th>
              <th scope="col">{texts.collection}</th>
              <th scope="col">{texts.state}</th>
              <th scope="col">{texts.changed}</th>
              <th scope="col">
                <span className="hidden-label">{texts.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((document) => (
              <DocumentRow key={document.id} document={document} mayChange={mayChange} />
            ))}
          </tbody>
        </table>
      )}
      {documents.hasNextPage && (
        <Button disabled={documents.isFetchingNextPage} onClick={() => void documents.fetchNextPage()}>
          {common.more}
        </Button>
      )}
    </section>
  );
}

interface FiltersProps {
  collections: readonly string[];
  filter: DocumentFilter;
  onChange(filter: DocumentFilter): void;
}

function Filters({ collections, filter, onChange }: FiltersProps) {
  const texts = useTexts(documentTexts).list;
  const statuses = Object.keys(texts.states) as Document['status'][];
  return (
    <div className="filters">
      <label>
        <span>{texts.collection}</span>
        <select
          value={filter.collection ?? ''}
          onChange={({ target }) => onChange({ ...filter, collection: target.value === '' ? undefined : target.value })}
        >
          <option value="">{texts.all}</option>
          {collections.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <span>{texts.state}</span>
        <select
          value={filter.status ?? ''}
          onChange={({ target }) => onChange({ ...filter, status: statuses.find((status) => status === target.value) })}
        >
          <option value="">{texts.all}</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {texts.states[status]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function DocumentRow({ document, mayChange }: { document: Document; mayChange: boolean }) {
  const texts = useTexts(documentTexts).list;
  const codes: Readonly<Record<string, string>> = useTexts(problemTexts).codes;
  const { language } = useLanguage();
  const { id, title, collection, status, error, passages, pages, readers, updated_at: changedAt } = document;
  return (
    <tr>
      <th scope="row">
        <Link href={`/documents/d/${id}`}>{title}</Link>
        <span className="table-detail">
          {texts.size({ passages, pages })}
          {readers !== null && ` · ${texts.restricted}`}
        </span>
      </th>
      <td data-label={texts.collection}>{collection}</td>
      <td data-label={texts.state}>
        <span className={`state ${status}`}>{texts.states[status]}</span>
        {error !== null && <span className="table-detail">{codes[error.code] ?? error.detail}</span>}
      </td>
      <td data-label={texts.changed}>{formatTime(changedAt, localeOf[language])}</td>
      <td>
        <DocumentActions document={document} mayChange={mayChange} />
      </td>
    </tr>
  );
}
