import { isEnded, type Job } from '@billumy/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useConnection } from '../../api/session-context.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
import { formatPercent, formatTime } from '../../texts/formats.ts';
import { problemTexts } from '../../texts/problems.ts';
import { trainingTexts } from '../../texts/training.ts';
import { useTexts } from '../../texts/translated.ts';
import { JobState } from './job-state.tsx';
import { TrainLink } from './train-link.tsx';
import { trainingsQuery } from './training-queries.ts';

/** The trainings, newest first. */
export function JobsSection() {
  const texts = useTexts(trainingTexts).jobs;
  const jobs = useInfiniteQuery(trainingsQuery(useConnection()));
  return (
    <PagedList<Job>
      query={jobs}
      what={texts.waiting}
      empty={
        <EmptyState icon="training" title={texts.emptyTitle} detail={texts.emptyDetail}>
          <TrainLink />
        </EmptyState>
      }
    >
      {(items) => <JobsTable jobs={items} />}
    </PagedList>
  );
}

function JobsTable({ jobs }: { jobs: readonly Job[] }) {
  const { jobs: texts, sections } = useTexts(trainingTexts);
  const codes: Readonly<Record<string, string>> = useTexts(problemTexts).codes;
  const locale = localeOf[useLanguage().language];
  const columns: readonly Column<Job>[] = [
    {
      name: 'started',
      title: texts.started,
      render: ({ id, created_at: at }) => (
        <Link href={`/training/jobs/${encodeURIComponent(id)}`} aria-label={texts.open(formatTime(at, locale))}>
          {formatTime(at, locale)}
        </Link>
      ),
    },
    { name: 'state', title: texts.state, render: ({ status }) => <JobState status={status} /> },
    {
      name: 'progress',
      title: texts.progress,
      render: (job) =>
        isEnded(job) || job.progress.total === 0 ? '—' : formatPercent(job.progress.done / job.progress.total, locale),
    },
    {
      name: 'error',
      title: texts.error,
      render: ({ error }) => (error === null ? '—' : (codes[error.code] ?? error.code)),
    },
  ];
  return <DataTable caption={sections.jobs} columns={columns} rows={jobs} keyOf={({ id }) => id} />;
}
