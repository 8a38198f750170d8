import type { AuditEntry } from '@billumy/protocol';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { StateBadge, type Tone } from '../../../components/state-badge.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { auditTexts } from '../../../texts/audit.ts';
import { formatTime } from '../../../texts/formats.ts';
import { useTexts } from '../../../texts/translated.ts';

const tones: Readonly<Record<AuditEntry['outcome'], Tone>> = {
  ok: 'good',
  refused: 'warning',
  throttled: 'warning',
  failed: 'bad',
};

const shownOfRequestId = 8;

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const texts = useTexts(auditTexts);
  const locale = localeOf[useLanguage().language];
  const columns: readonly Column<AuditEntry>[] = [
    { name: 'when', title: texts.when, render: ({ at }) => formatTime(at, locale) },
    { name: 'who', title: texts.who, render: ({ actor }) => <Actor actor={actor} /> },
    { name: 'what', title: texts.what, render: ({ action }) => texts.actions[action] },
    { name: 'subject', title: texts.subject, render: ({ subject }) => <Code text={subject} /> },
    {
      name: 'outcome',
      title: texts.outcome,
      render: ({ outcome }) => <StateBadge tone={tones[outcome]}>{texts.outcomes[outcome]}</StateBadge>,
    },
    {
      name: 'address',
      title: texts.address,
      render: ({ address }) => (address === null ? '—' : <span className="code whole">{address}</span>),
    },
    { name: 'request', title: texts.request, render: ({ request_id: id }) => <RequestId id={id} /> },
  ];
  return <DataTable caption={texts.table} columns={columns} rows={entries} keyOf={({ id }) => id} />;
}

function Actor({ actor }: { actor: AuditEntry['actor'] }) {
  const texts = useTexts(auditTexts);
  if (actor === null) return <span className="quiet">{texts.nobody}</span>;
  return (
    <>
      {actor.username}
      {actor.key_id !== null && <span className="quiet"> {texts.byKey(actor.key_id)}</span>}
    </>
  );
}

function Code({ text }: { text: string | null }) {
  return text === null ? '—' : <span className="code">{text}</span>;
}

/** Its beginning, which is enough to find it in the log. */
function RequestId({ id }: { id: string | null }) {
  if (id === null) return '—';
  return (
    <span className="code whole" title={id}>
      {id.slice(0, shownOfRequestId)}
    </span>
  );
}
