import { isEnded, type Job } from '@billumy/protocol';
import { Link } from 'wouter';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Loading } from '../../../components/loading.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { formatTime } from '../../../texts/formats.ts';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { JobState } from '../job-state.tsx';
import { JobControls } from './job-controls.tsx';
import { JobOutcome } from './job-outcome.tsx';
import { JobProgress } from './job-progress.tsx';
import { LossChart } from './loss-chart.tsx';
import { useWatchedJob, type WatchedJob } from './use-watched-job.ts';

/** A training: how far it is, as it goes on, and what came of it. */
export function JobView({ id }: { id: string }) {
  const texts = useTexts(trainingTexts);
  const locale = localeOf[useLanguage().language];
  const watched = useWatchedJob(id);
  const { job, error } = watched;
  return (
    <div className="page">
      <Link href="/training">{texts.job.back}</Link>
      <PageHeader title={job === null ? texts.title : texts.job.title(formatTime(job.created_at, locale))}>
        {job !== null && !isEnded(job) && <JobControls job={job} />}
      </PageHeader>
      {error !== null && <ErrorNotice error={error} />}
      {job === null && error === null && <Loading what={texts.job.waiting} />}
      {job !== null && <Details job={job} watched={watched} />}
    </div>
  );
}

function Details({ job, watched: { points, isReconnecting } }: { job: Job; watched: WatchedJob }) {
  const texts = useTexts(trainingTexts);
  return (
    <>
      <div className="panel">
        <div className="panel-head" role="status">
          <p>{texts.statusDetails[job.status]}</p>
          <JobState status={job.status} />
        </div>
        {isReconnecting && <p className="field-error">{texts.job.reconnecting}</p>}
        {!isEnded(job) && <JobProgress job={job} />}
      </div>
      {(points.length > 1 || !isEnded(job)) && (
        <div className="panel">
          <h2>{texts.job.chart}</h2>
          <LossChart points={points} />
        </div>
      )}
      {isEnded(job) && <JobOutcome job={job} />}
    </>
  );
}
