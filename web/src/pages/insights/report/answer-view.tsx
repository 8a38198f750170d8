import type { InsightReport } from '@billumy/protocol';
import { Icon } from '../../../components/icon.tsx';
import { Section } from '../../../components/section.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { EvidenceView } from './evidence-view.tsx';

export interface AnswerViewProps {
  answer: NonNullable<InsightReport['answer']>;
  locale: string;
}

/** What the tables say to the question, or what must be known before they can. */
export function AnswerView({ answer, locale }: AnswerViewProps) {
  const texts = useTexts(insightReportTexts).answer;
  const { text, needs_clarification: unclear, facts, evidence } = answer;
  return (
    <Section title={texts.title}>
      <div className="panel">
        {unclear === null ? (
          <p className="told" lang={locale}>
            {text}
          </p>
        ) : (
          <div className="notice warning">
            <Icon name="info" />
            <div className="notice-body">
              <p>{texts.clarify}</p>
              <p className="told" lang={locale}>
                {unclear}
              </p>
            </div>
          </div>
        )}
        <EvidenceView facts={facts} evidence={evidence} />
      </div>
    </Section>
  );
}
