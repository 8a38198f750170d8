import type { TrainingVersion } from '@billumy/protocol';
import { useId } from 'react';
import { Link } from 'wouter';
import { StateBadge, type Tone } from '../../../components/state-badge.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { formatBytes, formatTime } from '../../../texts/formats.ts';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { GateTable } from '../gate-table.tsx';
import { VersionActions } from './version-actions.tsx';

type VersionState = 'inForce' | 'overridden' | 'accepted' | 'rejected';

const tones: Readonly<Record<VersionState, Tone>> = {
  inForce: 'good',
  overridden: 'warning',
  accepted: 'quiet',
  rejected: 'bad',
};

function stateOf({ in_force: answers, override, gate }: TrainingVersion): VersionState {
  if (answers) return 'inForce';
  if (override !== null) return 'overridden';
  return gate.accepted ? 'accepted' : 'rejected';
}

export interface VersionCardProps {
  version: TrainingVersion;
  /** Whether what was measured is in sight from the beginning. */
  isOpen: boolean;
}

/** A version: what it was made from, how it was judged, and what can be done with it. */
export function VersionCard({ version, isOpen }: VersionCardProps) {
  const { versions: texts, gate } = useTexts(trainingTexts);
  const locale = localeOf[useLanguage().language];
  const id = useId();
  const state = stateOf(version);
  const { data, override } = version;
  const facts = [
    texts.base(version.base_model),
    texts.examples(data.examples.toLocaleString(locale)),
    ...(data.sets_left_out === 0 ? [] : [texts.leftOut(data.sets_left_out)]),
    formatBytes(version.bytes, locale),
  ];
  return (
    <article className={`panel version ${state}`} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{texts.title(formatTime(version.created_at, locale))}</h2>
        <StateBadge tone={tones[state]}>{texts[state]}</StateBadge>
      </div>
      <p className="quiet">
        <span className="code">{version.id}</span> · {facts.join(' · ')}
      </p>
      {override !== null && <p className="quiet">{texts.reason(override.reason)}</p>}
      <details open={isOpen}>
        <summary>{gate.title}</summary>
        <GateTable checks={version.gate.checks} />
      </details>
      <div className="row-actions">
        <VersionActions version={version} />
        {!isOpen && <Link href={`/training/jobs/${encodeURIComponent(version.job)}`}>{texts.job}</Link>}
      </div>
    </article>
  );
}
