import type { AuditAction, AuditEntry, AuditQuery } from '@billumy/protocol';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PagedList } from '../../../components/paged-list.tsx';
import { Section } from '../../../components/section.tsx';
import { auditTexts } from '../../../texts/audit.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { auditQuery } from '../operate-queries.ts';
import { AuditFilters, noFilters, type ChosenFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';

/** Who did what, newest first. */
export function AuditSection() {
  const texts = useTexts(auditTexts);
  const title = useTexts(operateTexts).sections.audit;
  const [filters, setFilters] = useState<ChosenFilters>(noFilters);
  const entries = useInfiniteQuery({
    ...auditQuery(useConnection(), toQuery(filters)),
    // The table stays while somebody types.
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={title} lead={texts.lead}>
      <AuditFilters value={filters} onChange={setFilters} />
      <PagedList<AuditEntry>
        query={entries}
        what={texts.waiting}
        empty={
          <EmptyState icon="search" title={texts.emptyTitle} detail={texts.emptyDetail}>
            <Button onClick={() => setFilters(noFilters)}>{texts.clear}</Button>
          </EmptyState>
        }
      >
        {(items) => <AuditTable entries={items} />}
      </PagedList>
    </Section>
  );
}

function toQuery({ actor, action, since }: ChosenFilters): Omit<AuditQuery, 'limit' | 'after'> {
  return {
    ...(actor.trim() === '' ? {} : { actor: actor.trim() }),
    ...(action === '' ? {} : { action: action satisfies AuditAction }),
    // The day begins where the browser is.
    ...(since === '' ? {} : { since: new Date(`${since}T00:00:00`).toISOString() }),
  };
}
