import type { Insight } from '@billumy/protocol';
import { copyText } from '../../../browser/copy-text.ts';
import { IconButton } from '../../../components/button.tsx';
import { useToast } from '../../../components/toast.tsx';
import { commonTexts } from '../../../texts/common.ts';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { EvidenceRows } from './evidence-rows.tsx';
import { FactsTable } from './facts-table.tsx';

/** The numbers, and the queries that they come from with what these gave. Folded away until somebody asks. */
export function EvidenceView({ facts, evidence }: Pick<Insight, 'facts' | 'evidence'>) {
  const texts = useTexts(insightReportTexts).evidence;
  if (evidence.length === 0) return null;
  return (
    <details className="evidence">
      <summary>{texts.show}</summary>
      <FactsTable facts={facts} />
      {evidence.map((each) => (
        <EvidenceItem key={each.id} evidence={each} />
      ))}
    </details>
  );
}

function EvidenceItem({ evidence }: { evidence: Insight['evidence'][number] }) {
  const texts = useTexts(insightReportTexts).evidence;
  const common = useTexts(commonTexts);
  const { show } = useToast();
  const { id, sql, origin, result_hash: hash } = evidence;
  const copy = async (): Promise<void> => show((await copyText(sql)) ? common.copied : common.notCopied);
  return (
    <div className="evidence-item">
      <div className="evidence-head">
        <h4>{texts.sql(id)}</h4>
        {origin === 'llm' && <span className="badge">{texts.byModel}</span>}
        <IconButton icon="copy" label={texts.copy(id)} onClick={() => void copy()} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long queries are scrolled with the keyboard too */}
      <pre className="code sql" role="region" aria-label={texts.sql(id)} tabIndex={0}>
        {sql}
      </pre>
      <EvidenceRows evidence={evidence} />
      <p className="quiet">
        {texts.hash}: <span className="code">{hash}</span>
      </p>
    </div>
  );
}
