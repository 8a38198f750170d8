import type { Job } from '@billumy/protocol';
import { ProgressBar } from '../../../components/progress-bar.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { formatDuration, formatPercent } from '../../../texts/formats.ts';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';

/** Steps, losses, speed and the time that is left. */
export function JobProgress({ job }: { job: Job }) {
  const { job: texts, statuses } = useTexts(trainingTexts);
  const locale = localeOf[useLanguage().language];
  const { done, total, training } = job.progress;
  const whole = (value: number): string => value.toLocaleString(locale, { maximumFractionDigits: 0 });
  const loss = (value: number): string => value.toLocaleString(locale, { maximumFractionDigits: 3 });
  const share = total === 0 ? null : done / total;
  // The evaluation comes after the steps: how long it takes is not told.
  const left = job.status === 'running' ? training?.seconds_left : null;
  const facts = [
    { title: texts.steps, value: total === 0 ? '—' : texts.stepsOf(whole(done), whole(total)) },
    { title: texts.loss, value: shown(training?.loss, loss) },
    { title: texts.validationLoss, value: shown(training?.validation_loss, loss) },
    { title: texts.speed, value: shown(training?.tokens_per_second, whole) },
    { title: texts.left, value: shown(left, (seconds) => formatDuration(seconds, locale)) },
  ];
  return (
    <>
      <ProgressBar label={statuses[job.status]} share={job.status === 'queued' ? 0 : share}>
        {share === null ? '' : formatPercent(share, locale)}
      </ProgressBar>
      <dl className="facts">
        {facts.map(({ title, value }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {job.attempts > 1 && <p className="quiet">{texts.attempts(job.attempts - 1)}</p>}
    </>
  );
}

function shown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '—' : format(value);
}
