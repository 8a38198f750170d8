import type { InsightReport } from '@billumy/protocol';
import { StateBadge, type Tone } from '../../../components/state-badge.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';

const tones: Readonly<Record<InsightReport['status'], Tone>> = {
  running: 'busy',
  complete: 'good',
  partial: 'warning',
  degraded: 'warning',
  failed: 'bad',
};

export function ReportState({ status }: Pick<InsightReport, 'status'>) {
  const texts = useTexts(insightReportTexts).states;
  return <StateBadge tone={tones[status]}>{texts[status]}</StateBadge>;
}
