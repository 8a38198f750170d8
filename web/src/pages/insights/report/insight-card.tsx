import type { Insight } from '@billumy/protocol';
import { useId } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { StateBadge, type Tone } from '../../../components/state-badge.tsx';
import type { SourceSpan } from '../../../sources/source-viewer.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { ChartImage } from './chart-image.tsx';
import { EvidenceView } from './evidence-view.tsx';

export interface InsightCardProps {
  insight: Insight;
  /** The language that it was written in. */
  locale: string;
  onShowSource(source: SourceSpan): void;
}

const tones: Readonly<Record<Insight['score']['confidence'], Tone>> = { high: 'good', medium: 'quiet', low: 'warning' };

/** One insight: what it is, how sure, what could be done, and on demand what it rests on. */
export function InsightCard({ insight, locale, onShowSource }: InsightCardProps) {
  const texts = useTexts(insightReportTexts).found;
  const titleId = useId();
  const { headline, explanation, type, score, narrative, action, caveats, chart, facts, evidence } = insight;
  return (
    <article className="panel insight" aria-labelledby={titleId}>
      <div className="insight-head">
        <h3 id={titleId} lang={locale}>
          {headline}
        </h3>
        <p className="badges">
          <span className="badge">{texts.types[type]}</span>
          <StateBadge tone={tones[score.confidence]}>{texts.confidence[score.confidence]}</StateBadge>
          {narrative === 'llm' && <span className="badge">{texts.byModel}</span>}
        </p>
      </div>
      <div className="insight-body">
        <div className="insight-words">
          <p className="told" lang={locale}>
            {explanation}
          </p>
          <Action action={action} locale={locale} />
          <Caveats caveats={caveats} locale={locale} />
          <Citations citations={insight.citations} onShow={onShowSource} />
        </div>
        {chart !== null && chart.svg !== null && <ChartImage svg={chart.svg} description={texts.chart(headline)} />}
      </div>
      <EvidenceView facts={facts} evidence={evidence} />
    </article>
  );
}

function Action({ action: { hypothesis, text }, locale }: Pick<Insight, 'action'> & { locale: string }) {
  const texts = useTexts(insightReportTexts).found;
  return (
    <p className="insight-action">
      <Icon name="info" />
      <span>
        <strong>{hypothesis ? texts.hypothesis : texts.action}: </strong>
        <span lang={locale}>{text}</span>
      </span>
    </p>
  );
}

function Caveats({ caveats, locale }: Pick<Insight, 'caveats'> & { locale: string }) {
  const texts = useTexts(insightReportTexts).found;
  if (caveats.length === 0) return null;
  return (
    <div className="quiet">
      <p>{texts.caveats}</p>
      <ul className="caveats" lang={locale}>
        {caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </div>
  );
}

/** What documents say of it: each opens at the words. */
function Citations({ citations, onShow }: { citations: Insight['citations']; onShow(source: SourceSpan): void }) {
  const texts = useTexts(insightReportTexts).found;
  if (citations.length === 0) return null;
  return (
    <section className="insight-sources" aria-label={texts.sources}>
      <h4>{texts.sources}</h4>
      <ul>
        {citations.map((citation) => (
          <li key={`${citation.document.id}-${citation.start}`}>
            <button type="button" className="insight-source" onClick={() => onShow(citation)}>
              <strong>
                {citation.document.title}
                {citation.page !== null && `, ${texts.page(citation.page)}`}
              </strong>
              <span className="quiet">{citation.quote}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
