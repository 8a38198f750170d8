import type { Document } from '@billumy/protocol';
import { useState, type FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { useToast } from '../../components/toast.tsx';
import { commonTexts } from '../../texts/common.ts';
import { documentTexts } from '../../texts/documents.ts';
import { useTexts } from '../../texts/translated.ts';
import { useChangeDocument } from './document-queries.ts';

/** Title, collection and readers of a document. */
export function DescribeDialog({ document, onClose }: { document: Document; onClose(): void }) {
  const texts = useTexts(documentTexts).describe;
  const common = useTexts(commonTexts);
  const toast = useToast();
  const change = useChangeDocument();
  const [title, setTitle] = useState(document.title);
  const [collection, setCollection] = useState(document.collection);
  const [who, setWho] = useState<'everyone' | 'some'>(document.readers === null ? 'everyone' : 'some');
  const [users, setUsers] = useState(document.readers?.users.join(', ') ?? '');
  const [groups, setGroups] = useState(document.readers?.groups.join(', ') ?? '');

  const save = (event: FormEvent): void => {
    event.preventDefault();
    const readers = who === 'everyone' ? null : { users: namesIn(users), groups: namesIn(groups) };
    change.mutate(
      { id: document.id, change: { title, collection, readers } },
      { onSuccess: () => (toast.show(texts.saved), onClose()) },
    );
  };
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <form className="form" onSubmit={save}>
        <Field label={texts.name}>
          {(control) => (
            <input
              {...control}
              required
              maxLength={200}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label={texts.collection}>
          {(control) => (
            <input {...control} required value={collection} onChange={(event) => setCollection(event.target.value)} />
          )}
        </Field>
        <Choice<'everyone' | 'some'>
          label={texts.readers}
          value={who}
          onChange={setWho}
          options={[
            { value: 'everyone', label: texts.everyone },
            { value: 'some', label: texts.some },
          ]}
        />
        {who === 'some' && (
          <>
            <Field label={texts.users} hint={texts.namesHint}>
              {(control) => <input {...control} value={users} onChange={(event) => setUsers(event.target.value)} />}
            </Field>
            <Field label={texts.groups} hint={texts.namesHint}>
              {(control) => <input {...control} value={groups} onChange={(event) => setGroups(event.target.value)} />}
            </Field>
          </>
        )}
        {change.isError && <ErrorNotice error={change.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary" disabled={change.isPending}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
