import { type PartHealth, type Readiness } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../api/session-context.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { Section } from '../../components/section.tsx';
import { StateBadge, type Tone } from '../../components/state-badge.tsx';
import { operateTexts } from '../../texts/operate.ts';
import { useTexts } from '../../texts/translated.ts';
import { DownloadProgress } from './models/download-progress.tsx';
import { readinessQuery } from './operate-queries.ts';

const tones: Readonly<Record<Readiness['status'], Tone>> = {
  ok: 'good',
  degraded: 'warning',
  down: 'bad',
  shutting_down: 'bad',
};

/** How each part is, and what to do where one is not well. */
export function HealthSection() {
  const { health: texts, sections } = useTexts(operateTexts);
  const readiness = useQuery(readinessQuery(useConnection()));
  if (readiness.isPending) return <Loading what={texts.waiting} />;
  if (readiness.isError) return <ErrorNotice error={readiness.error} onRetry={() => void readiness.refetch()} />;
  const { status, version, parts, downloads } = readiness.data;
  return (
    <>
      <Section
        title={sections.health}
        lead={`${texts.lead} ${texts.version(version)}.`}
        actions={<StateBadge tone={tones[status]}>{texts.states[status]}</StateBadge>}
      >
        <Parts parts={parts} />
      </Section>
      {downloads.length > 0 && (
        <Section title={texts.downloads}>
          {downloads.map((download) => (
            <div key={download.model} className="panel">
              <h3>{download.model}</h3>
              <DownloadProgress download={download} />
            </div>
          ))}
        </Section>
      )}
    </>
  );
}

type NamedPart = [name: string, health: PartHealth];

function Parts({ parts }: { parts: Readiness['parts'] }) {
  const texts = useTexts(operateTexts).health;
  const names: Readonly<Record<string, string>> = texts.parts;
  const columns: readonly Column<NamedPart>[] = [
    // One that a later version of the service has is shown under its own name.
    { name: 'part', title: texts.part, render: ([name]) => names[name] ?? name },
    {
      name: 'state',
      title: texts.state,
      render: ([, { status }]) => <StateBadge tone={tones[status]}>{texts.partStates[status]}</StateBadge>,
    },
    { name: 'reason', title: texts.reason, render: ([, { why }]) => why ?? '—' },
  ];
  return <DataTable caption={texts.partList} columns={columns} rows={Object.entries(parts)} keyOf={([name]) => name} />;
}
