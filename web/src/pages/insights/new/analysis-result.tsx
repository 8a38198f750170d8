import { useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { SourceViewer, type SourceSpan } from '../../../sources/source-viewer.tsx';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { Correcting } from '../report/corrections.ts';
import { ReportActions } from '../report/report-actions.tsx';
import { ReportBody } from '../report/report-body.tsx';
import { ReportNotes } from '../report/report-notes.tsx';
import type { RunningAnalysis } from './use-analysis.ts';

export interface AnalysisResultProps {
  analysis: RunningAnalysis;
  /** False where it stands beside the table that it is about. */
  showsError: boolean;
  correcting: Correcting;
}

/** An analysis while it is found, and at its end. */
export function AnalysisResult({ analysis, showsError, correcting }: AnalysisResultProps) {
  const texts = useTexts(insightTexts).running;
  const { language } = useLanguage();
  const [shownSource, setShownSource] = useState<SourceSpan | null>(null);
  const { phase, dataset, report, error } = analysis;
  return (
    <div className="report">
      <p className="report-progress" role="status">
        {phase === 'running' && <span className="spinner" aria-hidden="true" />}
        {textOf(analysis, texts)}
      </p>
      {phase === 'failed' && showsError && <ErrorNotice error={error} onRetry={correcting.onRun} />}
      {report !== null && (
        <>
          <ReportActions report={report} />
          <ReportNotes report={report} />
        </>
      )}
      {dataset !== null && (
        <ReportBody
          locale={localeOf[report?.language ?? language]}
          parts={{ ...analysis, dataset, rejected: report?.rejected ?? null }}
          onShowSource={setShownSource}
          correcting={phase === 'running' ? undefined : correcting}
        />
      )}
      {shownSource !== null && <SourceViewer source={shownSource} onClose={() => setShownSource(null)} />}
    </div>
  );
}

function textOf(
  { phase, dataset, insights }: RunningAnalysis,
  texts: (typeof insightTexts)['pt']['running'],
): string | null {
  switch (phase) {
    case 'running':
      return dataset === null ? texts.reading : texts.finding;
    case 'done':
      return texts.done(insights.length);
    case 'stopped':
      return texts.stopped;
    case 'failed':
      return dataset === null ? null : texts.broken;
    default:
      return phase satisfies never;
  }
}
