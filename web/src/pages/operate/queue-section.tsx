import type { QueueReply } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../api/session-context.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { Section } from '../../components/section.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
import { formatDuration } from '../../texts/formats.ts';
import { operateTexts } from '../../texts/operate.ts';
import { useTexts } from '../../texts/translated.ts';
import { queueQuery } from './operate-queries.ts';

type Line = QueueReply['models'][number];
type WaitingCall = Line['calls'][number];

/** Who waits where. */
export function QueueSection() {
  const texts = useTexts(operateTexts).queue;
  const queue = useQuery(queueQuery(useConnection()));
  if (queue.isPending) return <Loading what={texts.waiting} />;
  if (queue.isError) return <ErrorNotice error={queue.error} onRetry={() => void queue.refetch()} />;
  const { models } = queue.data;
  const isIdle = models.every(({ calls }) => calls.length === 0);
  return (
    <>
      {models.map((line) => (
        <ModelLine key={`${line.model} ${line.adapter ?? ''}`} line={line} />
      ))}
      {isIdle && <EmptyState icon="check" title={texts.emptyTitle} detail={texts.emptyDetail} />}
    </>
  );
}

function ModelLine({ line: { model, adapter, slots, busy, waiting, calls } }: { line: Line }) {
  const texts = useTexts(operateTexts).queue;
  const facts = [
    { title: texts.running, value: String(busy) },
    { title: texts.slots, value: slots === 0 ? texts.starting : String(slots) },
    { title: texts.interactive, value: String(waiting.interactive) },
    { title: texts.batch, value: String(waiting.batch) },
  ];
  return (
    <Section title={model} {...(adapter === null ? {} : { lead: adapter.slice(0, 'sha256:'.length + 12) })}>
      <dl className="facts panel">
        {facts.map(({ title, value }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {calls.length > 0 && <Calls model={model} calls={calls} />}
    </Section>
  );
}

function Calls({ model, calls }: { model: string; calls: readonly WaitingCall[] }) {
  const texts = useTexts(operateTexts).queue;
  const locale = localeOf[useLanguage().language];
  const columns: readonly Column<WaitingCall>[] = [
    { name: 'place', title: texts.place, render: ({ place }) => place },
    {
      name: 'caller',
      title: texts.caller,
      render: ({ caller, caller_name: name, own }) =>
        `${name ?? caller ?? texts.service}${own ? ` (${texts.you})` : ''}`,
    },
    { name: 'priority', title: texts.priority, render: ({ priority }) => texts.priorities[priority] },
    {
      name: 'waited',
      title: texts.waited,
      kind: 'number',
      render: ({ waited_ms: waited }) => formatDuration(waited / 1000, locale),
    },
  ];
  return <DataTable caption={texts.calls(model)} columns={columns} rows={calls} keyOf={({ place }) => String(place)} />;
}
