import type { Dataset } from '@billumy/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
import { formatBytes, formatTime } from '../../texts/formats.ts';
import { insightTexts } from '../../texts/insights.ts';
import { useTexts } from '../../texts/translated.ts';
import { DeleteButton } from './delete-button.tsx';
import { datasetsQuery, useDeleteDataset } from './insight-queries.ts';

/** The tables that are kept, newest first. */
export function DatasetsSection() {
  const { datasets: texts, sections } = useTexts(insightTexts);
  const query = useInfiniteQuery(datasetsQuery(useConnection()));
  const columns = useColumns();
  return (
    <PagedList
      query={query}
      what={texts.waiting}
      empty={<EmptyState icon="documents" title={texts.none} detail={texts.noneDetail} />}
    >
      {(items) => <DataTable caption={sections.tables} columns={columns} rows={items} keyOf={({ id }) => id} />}
    </PagedList>
  );
}

function useColumns(): Column<Dataset>[] {
  const texts = useTexts(insightTexts).datasets;
  const locale = localeOf[useLanguage().language];
  const deletion = useDeleteDataset();
  return [
    { name: 'name', title: texts.name, render: ({ name }) => name },
    { name: 'format', title: texts.format, render: ({ format }) => format.toUpperCase() },
    { name: 'size', title: texts.size, kind: 'number', render: ({ bytes }) => formatBytes(bytes, locale) },
    { name: 'created', title: texts.created, render: (table) => formatTime(table.created_at, locale) },
    { name: 'expires', title: texts.expires, render: (table) => formatTime(table.expires_at, locale) },
    {
      name: 'actions',
      title: texts.actions,
      kind: 'actions',
      render: ({ id, name }) => (
        <span className="row-actions">
          <Link className="button" href={`/insights/with/${id}`}>
            {texts.analyse}
          </Link>
          <DeleteButton
            id={id}
            deletion={deletion}
            texts={{
              label: texts.delete(name),
              title: texts.deleteTitle,
              detail: texts.deleteDetail(name),
              done: texts.deleted,
            }}
          />
        </span>
      ),
    },
  ];
}
