import { createUser, type NewUser } from '@billumy/protocol';
import { useState, type FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { commonTexts } from '../../../texts/common.ts';
import { useTexts } from '../../../texts/translated.ts';
import { namesIn } from '../names-in.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { RoleFields, type RoleDraft } from './role-fields.tsx';
import { useUserDeed } from './use-user-deed.ts';

export function CreateUserDialog({ onClose }: { onClose(): void }) {
  const texts = useTexts(accountTexts).users;
  const common = useTexts(commonTexts);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [rights, setRights] = useState<RoleDraft>({ role: 'member', groups: '' });
  const create = useUserDeed<NewUser>({
    run: createUser,
    done: (user) => texts.createdDone(user.username),
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ username: username.trim(), password, role: rights.role, groups: namesIn(rights.groups) });
  };
  return (
    <Dialog title={texts.create} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field label={texts.username} hint={texts.usernameHint}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              value={username}
              onChange={({ target }) => setUsername(target.value)}
            />
          )}
        </Field>
        <NewPasswordField value={password} onChange={setPassword} />
        <RoleFields value={rights} onChange={setRights} />
        {create.isError && <ErrorNotice error={create.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            type="submit"
            variant="primary"
            disabled={username.trim() === '' || password === '' || create.isPending}
          >
            {texts.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
