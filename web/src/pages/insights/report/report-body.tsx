import type { InsightReport } from '@billumy/protocol';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Section } from '../../../components/section.tsx';
import type { SourceSpan } from '../../../sources/source-viewer.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { AnswerView } from './answer-view.tsx';
import type { Correcting } from './corrections.ts';
import { InsightCard } from './insight-card.tsx';
import { ProfileView } from './profile-view.tsx';

export interface ReportBodyProps {
  /** The language that the report was written in, such as `pt-BR`. */
  locale: string;
  /** `rejected` is null while more may be found. */
  parts: Pick<InsightReport, 'dataset' | 'answer' | 'insights'> & { rejected: InsightReport['rejected'] | null };
  onShowSource(source: SourceSpan): void;
  /** Absent: nothing can be corrected now. */
  correcting?: Correcting | undefined;
}

/** The answer, the insights, and how the tables were read. */
export function ReportBody({ locale, parts, onShowSource, correcting }: ReportBodyProps) {
  const texts = useTexts(insightReportTexts).found;
  const { dataset, answer, insights, rejected } = parts;
  return (
    <>
      {answer !== null && <AnswerView answer={answer} locale={locale} />}
      {insights.length > 0 && (
        <Section title={texts.title}>
          <ol className="insights">
            {insights.map((insight) => (
              <li key={insight.id}>
                <InsightCard insight={insight} locale={locale} onShowSource={onShowSource} />
              </li>
            ))}
          </ol>
        </Section>
      )}
      {rejected !== null && insights.length === 0 && (
        <EmptyState icon="insights" title={texts.none} detail={texts.noneDetail} />
      )}
      {rejected !== null && <LeftOut rejected={rejected} />}
      <ProfileView dataset={dataset} locale={locale} correcting={correcting} />
    </>
  );
}

/** What was looked at and not told, so that silence is no mystery. */
function LeftOut({ rejected }: Pick<InsightReport, 'rejected'>) {
  const texts = useTexts(insightReportTexts).found;
  const countOf = (wanted: string): number => rejected.find(({ reason }) => reason === wanted)?.count ?? 0;
  const said = texts.leftOut(countOf('not_significant'), countOf('redundant'));
  return said === '' ? null : <p className="quiet">{`${texts.leftOutLead} ${said}.`}</p>;
}
