import { roleSchema, type User } from '@billumy/protocol';
import { Choice } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { useTexts } from '../../../texts/translated.ts';

export interface RoleDraft {
  role: User['role'];
  /** Separated by commas. */
  groups: string;
}

/** What a user may do and see. */
export function RoleFields({ value, onChange }: { value: RoleDraft; onChange(value: RoleDraft): void }) {
  const { users: texts, roles } = useTexts(accountTexts);
  return (
    <>
      <Choice
        label={texts.role}
        options={roleSchema.options.map((role) => ({ value: role, label: roles[role] }))}
        value={value.role}
        onChange={(role) => onChange({ ...value, role })}
      />
      <Field label={texts.groups} hint={texts.groupsHint}>
        {(control) => (
          <input
            {...control}
            value={value.groups}
            onChange={({ target }) => onChange({ ...value, groups: target.value })}
          />
        )}
      </Field>
    </>
  );
}
