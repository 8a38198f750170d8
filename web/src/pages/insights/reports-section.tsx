import type { InsightPage } from '@billumy/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
import { formatTime } from '../../texts/formats.ts';
import { insightTexts } from '../../texts/insights.ts';
import { useTexts } from '../../texts/translated.ts';
import { DeleteButton } from './delete-button.tsx';
import { reportsQuery, useDeleteReport } from './insight-queries.ts';
import { ReportState } from './report/report-state.tsx';

type Summary = InsightPage['items'][number];

/** The reports that are kept, newest first. */
export function ReportsSection() {
  const { reports: texts, sections } = useTexts(insightTexts);
  const query = useInfiniteQuery(reportsQuery(useConnection()));
  const columns = useColumns();
  return (
    <PagedList
      query={query}
      what={texts.waiting}
      empty={<EmptyState icon="insights" title={texts.none} detail={texts.noneDetail} />}
    >
      {(items) => <DataTable caption={sections.reports} columns={columns} rows={items} keyOf={({ id }) => id} />}
    </PagedList>
  );
}

function useColumns(): Column<Summary>[] {
  const texts = useTexts(insightTexts).reports;
  const { language } = useLanguage();
  const deletion = useDeleteReport();
  return [
    {
      name: 'report',
      title: texts.name,
      render: ({ id, question, headline }) => (
        <>
          <Link href={`/insights/reports/${id}`}>{question ?? headline ?? texts.noQuestion}</Link>
          <span className="quiet cell-detail">{headline ?? texts.nothing}</span>
        </>
      ),
    },
    { name: 'state', title: texts.state, render: ({ status }) => <ReportState status={status} /> },
    { name: 'created', title: texts.created, render: (report) => formatTime(report.created_at, localeOf[language]) },
    {
      name: 'actions',
      title: texts.actions,
      kind: 'actions',
      render: ({ id, question, headline }) => (
        <DeleteButton
          id={id}
          deletion={deletion}
          texts={{
            label: texts.delete(question ?? headline ?? texts.noQuestion),
            title: texts.deleteTitle,
            detail: texts.deleteDetail,
            done: texts.deleted,
          }}
        />
      ),
    },
  ];
}
