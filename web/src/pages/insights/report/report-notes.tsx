import type { InsightReport } from '@billumy/protocol';
import { Icon } from '../../../components/icon.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { problemTexts } from '../../../texts/problems.ts';
import { useTexts } from '../../../texts/translated.ts';

/** What kept a report from being all that was wanted, and what to make of it. */
export function ReportNotes({ report: { status, error } }: { report: InsightReport }) {
  const { stateDetail } = useTexts(insightReportTexts);
  const problems = useTexts(problemTexts);
  const codes: Readonly<Record<string, string>> = problems.codes;
  if (status === 'complete') return null;
  const failed = error === null ? problems.unexplained : (codes[error.code] ?? problems.unexplained);
  return (
    <div className={`notice ${status === 'failed' ? 'error' : status === 'running' ? '' : 'warning'}`}>
      <Icon name={status === 'running' ? 'info' : 'warning'} />
      <div className="notice-body">
        <p>{status === 'failed' ? failed : stateDetail[status]}</p>
        {error !== null && status !== 'failed' && <p className="notice-detail">{failed}</p>}
        {error?.detail !== undefined && error.detail !== null && <p className="notice-detail">{error.detail}</p>}
      </div>
    </div>
  );
}
