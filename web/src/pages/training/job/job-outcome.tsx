import { ProblemError, trainingResultSchema, type Job, type TrainingResult } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Loading } from '../../../components/loading.tsx';
import { problemTexts } from '../../../texts/problems.ts';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { GateTable } from '../gate-table.tsx';
import { versionQuery } from '../training-queries.ts';
import { VersionCard } from '../versions/version-card.tsx';

/** Why a training failed, or the version that it made. */
export function JobOutcome({ job: { error, result } }: { job: Job }) {
  const made = trainingResultSchema.safeParse(result);
  return (
    <>
      {error !== null && <Failure error={error} />}
      {made.success && <Made result={made.data} />}
    </>
  );
}

function Failure({ error: { code, detail } }: { error: NonNullable<Job['error']> }) {
  const texts = useTexts(problemTexts);
  const codes: Readonly<Record<string, string>> = texts.codes;
  return (
    <div className="notice error" role="alert">
      <Icon name="warning" />
      <div className="notice-body">
        <p>{codes[code] ?? texts.unexplained}</p>
        {detail !== null && <p className="notice-detail">{detail}</p>}
      </div>
    </div>
  );
}

function Made({ result }: { result: TrainingResult }) {
  const { job: texts, versions } = useTexts(trainingTexts);
  const version = useQuery(versionQuery(useConnection(), result.version));
  const isGone = version.error instanceof ProblemError && version.error.problem.code === 'not_found';
  return (
    <>
      {version.isPending && <Loading what={versions.waiting} />}
      {version.isError && !isGone && <ErrorNotice error={version.error} onRetry={() => void version.refetch()} />}
      {isGone && (
        <div className="panel">
          <p>{versions.gone}</p>
          <GateTable checks={result.gate} />
        </div>
      )}
      {version.isSuccess && <VersionCard version={version.data} isOpen />}
      {result.warnings.length > 0 && (
        <details className="panel">
          <summary>{texts.warnings(result.warnings.length)}</summary>
          <ul className="warnings">
            {result.warnings.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <code>{path}</code>: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
