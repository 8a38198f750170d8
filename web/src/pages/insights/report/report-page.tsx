import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useConnection } from '../../../api/session-context.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Loading } from '../../../components/loading.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { SourceViewer, type SourceSpan } from '../../../sources/source-viewer.tsx';
import { formatTime } from '../../../texts/formats.ts';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { reportQuery } from '../insight-queries.ts';
import { ReportActions } from './report-actions.tsx';
import { ReportBody } from './report-body.tsx';
import { ReportNotes } from './report-notes.tsx';

/** A report as it was given. */
export function ReportPage({ id }: { id: string }) {
  const texts = useTexts(insightReportTexts);
  const locale = localeOf[useLanguage().language];
  const [, go] = useLocation();
  const [shownSource, setShownSource] = useState<SourceSpan | null>(null);
  const { data: report, error, refetch } = useQuery(reportQuery(useConnection(), id));
  return (
    <div className="page">
      <Link className="back" href="/insights/reports">
        {texts.back}
      </Link>
      {report === undefined && error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {report === undefined && error === null && <Loading what={texts.waiting} />}
      {report !== undefined && (
        <>
          <PageHeader
            title={report.question ?? texts.untitled}
            lead={texts.created(formatTime(report.created_at, locale), formatTime(report.expires_at, locale))}
          />
          <div className="report">
            <ReportActions report={report} onDeleted={() => go('/insights/reports')} />
            <ReportNotes report={report} />
            <ReportBody locale={localeOf[report.language]} parts={report} onShowSource={setShownSource} />
          </div>
        </>
      )}
      {shownSource !== null && <SourceViewer source={shownSource} onClose={() => setShownSource(null)} />}
    </div>
  );
}
