import type { Document } from '@billumy/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Field } from '../../components/field.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { StateBadge, type Tone } from '../../components/state-badge.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
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
  const [filter, setFilter] = useState<DocumentFilter>({ collection: undefined, status: undefined });
  const columns = useColumns(mayChange);
  const isFiltered = filter.collection !== undefined || filter.status !== undefined;
  return (
    <section className="documents" aria-label={texts.title}>
      <Filters collections={collections} filter={filter} onChange={setFilter} />
      <PagedList
        query={useInfiniteQuery(documentsQuery(useConnection(), filter))}
        what={texts.waiting}
        empty={
          <EmptyState
            icon="documents"
            title={isFiltered ? texts.noMatch : texts.none}
            detail={isFiltered ? texts.noMatchDetail : texts.noneDetail}
          />
        }
      >
        {(items) => <DataTable caption={texts.title} columns={columns} rows={items} keyOf={({ id }) => id} />}
      </PagedList>
    </section>
  );
}

const tones: Readonly<Record<Document['status'], Tone>> = { ready: 'good', processing: 'busy', failed: 'bad' };

function useColumns(mayChange: boolean): Column<Document>[] {
  const texts = useTexts(documentTexts).list;
  const codes: Readonly<Record<string, string>> = useTexts(problemTexts).codes;
  const { language } = useLanguage();
  return [
    { name: 'name', title: texts.name, render: (document) => <Name document={document} /> },
    { name: 'collection', title: texts.collection, render: ({ collection }) => collection },
    {
      name: 'state',
      title: texts.state,
      render: ({ status, error }) => (
        <>
          <StateBadge tone={tones[status]}>{texts.states[status]}</StateBadge>
          {error !== null && <span className="table-detail">{codes[error.code] ?? error.detail}</span>}
        </>
      ),
    },
    {
      name: 'changed',
      title: texts.changed,
      render: ({ updated_at: changedAt }) => formatTime(changedAt, localeOf[language]),
    },
    {
      name: 'actions',
      title: texts.actions,
      kind: 'actions',
      render: (document) => <DocumentActions document={document} mayChange={mayChange} />,
    },
  ];
}

function Name({ document: { id, title, passages, pages, readers } }: { document: Document }) {
  const texts = useTexts(documentTexts).list;
  return (
    <>
      <Link href={`/documents/d/${id}`}>{title}</Link>
      <span className="table-detail">
        {texts.size({ passages, pages })}
        {readers !== null && ` · ${texts.restricted}`}
      </span>
    </>
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
      <Field label={texts.collection}>
        {(control) => (
          <select
            {...control}
            value={filter.collection ?? ''}
            onChange={({ target }) =>
              onChange({ ...filter, collection: target.value === '' ? undefined : target.value })
            }
          >
            <option value="">{texts.all}</option>
            {collections.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={texts.state}>
        {(control) => (
          <select
            {...control}
            value={filter.status ?? ''}
            onChange={({ target }) =>
              onChange({ ...filter, status: statuses.find((status) => status === target.value) })
            }
          >
            <option value="">{texts.all}</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {texts.states[status]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
