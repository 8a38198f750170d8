import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Choice } from '../../../components/choice.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field } from '../../../components/field.tsx';
import { Loading } from '../../../components/loading.tsx';
import { Section } from '../../../components/section.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { groupings, usageRows, type Grouping } from './usage-rows.ts';
import { usageQuery, usualPeriod, type Period, type PeriodUsage } from './usage-query.ts';
import { UsageTable } from './usage-table.tsx';

/** What was used in a period, added up as somebody wants to see it. */
export function UsageSection() {
  const texts = useTexts(operateTexts);
  const [period, setPeriod] = useState<Period>(() => usualPeriod(new Date()));
  const [grouping, setGrouping] = useState<Grouping>('day');
  const usage = useQuery({ ...usageQuery(useConnection(), period), placeholderData: keepPreviousData });
  return (
    <Section title={texts.sections.usage}>
      <div className="filters">
        {(['from', 'to'] as const).map((end) => (
          <Field key={end} label={texts.usage[end]}>
            {(control) => (
              <input
                {...control}
                type="date"
                required
                value={period[end]}
                // A date that is being typed is empty until it is one.
                onChange={({ target }) => target.value !== '' && setPeriod({ ...period, [end]: target.value })}
              />
            )}
          </Field>
        ))}
        <Choice<Grouping>
          label={texts.usage.group}
          options={groupings.map((value) => ({ value, label: texts.usage.groups[value] }))}
          value={grouping}
          onChange={setGrouping}
        />
      </div>
      {usage.isPending && <Loading what={texts.usage.waiting} />}
      {usage.isError && <ErrorNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.isSuccess && <PeriodView usage={usage.data} grouping={grouping} />}
    </Section>
  );
}

function PeriodView({ usage, grouping }: { usage: PeriodUsage; grouping: Grouping }) {
  const texts = useTexts(operateTexts).usage;
  const locale = localeOf[useLanguage().language];
  if (usage.items.length === 0) {
    return <EmptyState icon="insights" title={texts.emptyTitle} detail={texts.emptyDetail} />;
  }
  const { requests, prompt_tokens: read, cached_tokens: cached, completion_tokens: written } = usage.total;
  const facts = { [texts.requests]: requests, [texts.read]: read, [texts.cached]: cached, [texts.written]: written };
  return (
    <>
      <dl className="facts panel" aria-label={texts.total}>
        {Object.entries(facts).map(([title, count]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{count.toLocaleString(locale)}</dd>
          </div>
        ))}
      </dl>
      {usage.isCut && <p className="quiet">{texts.cut}</p>}
      <UsageTable rows={usageRows(usage.items, grouping)} grouping={grouping} />
    </>
  );
}
