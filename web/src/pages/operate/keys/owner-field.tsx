import { useInfiniteQuery } from '@tanstack/react-query';
import { useConnection, useMe } from '../../../api/session-context.tsx';
import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { useTexts } from '../../../texts/translated.ts';
import { usersQuery } from '../operate-queries.ts';
import type { DraftProps } from './key-draft.ts';

/** Whose key it becomes; for administrators. */
export function OwnerField({ draft, onChange }: DraftProps) {
  const texts = useTexts(accountTexts).keys;
  const me = useMe();
  const { data } = useInfiniteQuery(usersQuery(useConnection()));
  const others = data?.pages.flatMap(({ items }) => items).filter(({ id }) => id !== me.user_id) ?? [];
  return (
    <Field label={texts.owner}>
      {(control) => (
        <select {...control} value={draft.ownerId} onChange={({ target }) => onChange({ ownerId: target.value })}>
          <option value={me.user_id}>{me.username}</option>
          {others.map(({ id, username }) => (
            <option key={id} value={id}>
              {username}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
