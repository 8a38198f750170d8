import { createApiKey, scopeSchema, type CreatedApiKey } from '@billumy/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useConnection, useMe } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { Checks } from '../../../components/checks.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { commonTexts } from '../../../texts/common.ts';
import { useTexts } from '../../../texts/translated.ts';
import { keysKey } from '../operate-queries.ts';
import { CreatedKey } from './created-key.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { emptyDraft, toNewApiKey, type KeyDraft } from './key-draft.ts';
import { KeyLimits } from './key-limits.tsx';
import { OwnerField } from './owner-field.tsx';

/** Makes a key, and then shows it this once. */
export function CreateKeyDialog({ onClose }: { onClose(): void }) {
  const texts = useTexts(accountTexts).keys;
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  return (
    <Dialog title={created === null ? texts.create : texts.createdTitle} onClose={onClose}>
      {created === null ? (
        <KeyForm onCreated={setCreated} onClose={onClose} />
      ) : (
        <CreatedKey created={created} onClose={onClose} />
      )}
    </Dialog>
  );
}

function KeyForm({ onCreated, onClose }: { onCreated(created: CreatedApiKey): void; onClose(): void }) {
  const { keys: texts, scopes, scopeDetails } = useTexts(accountTexts);
  const common = useTexts(commonTexts);
  const me = useMe();
  const connection = useConnection();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => emptyDraft(me.user_id));
  const change = (changed: Partial<KeyDraft>): void => setDraft({ ...draft, ...changed });
  const create = useMutation({
    mutationFn: () => createApiKey(connection, toNewApiKey(draft, new Date())),
    onSuccess: async (created) => {
      onCreated(created);
      await client.invalidateQueries({ queryKey: keysKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  const isWhole = draft.name.trim() !== '' && draft.scopes.length > 0;
  return (
    <form className="form" onSubmit={submit}>
      <Field label={texts.name} hint={texts.nameHint}>
        {(control) => (
          <input
            {...control}
            maxLength={100}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      {me.scopes.includes('admin') && <OwnerField draft={draft} onChange={change} />}
      <Checks
        label={texts.scopes}
        options={scopeSchema.options
          .filter((scope) => me.scopes.includes(scope))
          .map((value) => ({ value, label: scopes[value], detail: scopeDetails[value] }))}
        value={draft.scopes}
        onChange={(chosen) => change({ scopes: chosen })}
      />
      <ExpiryField draft={draft} onChange={change} />
      <KeyLimits draft={draft} onChange={change} />
      {create.isError && <ErrorNotice error={create.error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button type="submit" variant="primary" disabled={!isWhole || create.isPending}>
          {texts.create}
        </Button>
      </div>
    </form>
  );
}
