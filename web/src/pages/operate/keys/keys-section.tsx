import { deleteApiKey, type ApiKey } from '@billumy/protocol';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PagedList } from '../../../components/paged-list.tsx';
import { Section } from '../../../components/section.tsx';
import { useToast } from '../../../components/toast.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { keysKey, keysQuery } from '../operate-queries.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { KeysTable } from './keys-table.tsx';

/** The keys of programs: one's own, or everybody's for an administrator. */
export function KeysSection() {
  const texts = useTexts(accountTexts).keys;
  const title = useTexts(operateTexts).sections.keys;
  const keys = useInfiniteQuery(keysQuery(useConnection()));
  const [isCreating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const create = (
    <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
      {texts.create}
    </Button>
  );
  const isEmpty = keys.data?.pages[0]?.items.length === 0;
  return (
    <Section title={title} lead={texts.lead} actions={isEmpty ? undefined : create}>
      <PagedList<ApiKey>
        query={keys}
        what={texts.waiting}
        empty={
          <EmptyState icon="lock" title={texts.emptyTitle} detail={texts.emptyDetail}>
            {create}
          </EmptyState>
        }
      >
        {(items) => <KeysTable keys={items} onRevoke={setRevoked} />}
      </PagedList>
      {isCreating && <CreateKeyDialog onClose={() => setCreating(false)} />}
      {revoked !== null && <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />}
    </Section>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose(): void }) {
  const texts = useTexts(accountTexts).keys;
  const connection = useConnection();
  const client = useQueryClient();
  const { show, showError } = useToast();
  const revoke = useMutation({
    mutationFn: () => deleteApiKey(connection, apiKey.id),
    onSuccess: async () => {
      show(texts.revoked);
      onClose();
      await client.invalidateQueries({ queryKey: keysKey });
    },
    onError: showError,
  });
  return (
    <ConfirmDialog
      title={texts.revokeTitle}
      detail={texts.revokeDetail(apiKey.name)}
      action={texts.revoke}
      isBusy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    />
  );
}
