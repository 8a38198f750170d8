import { changeUser, type User } from '@billumy/protocol';
import { useState, type FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { commonTexts } from '../../../texts/common.ts';
import { useTexts } from '../../../texts/translated.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { useUserDeed } from './use-user-deed.ts';

export function ResetPasswordDialog({ user, onClose }: { user: User; onClose(): void }) {
  const texts = useTexts(accountTexts).users;
  const common = useTexts(commonTexts);
  const [password, setPassword] = useState('');
  const reset = useUserDeed<string>({
    run: (connection, wanted) => changeUser(connection, { id: user.id, change: { password: wanted } }),
    done: texts.passwordDone(user.username),
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    reset.mutate(password);
  };
  return (
    <Dialog title={`${texts.resetTitle}: ${user.username}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{texts.resetDetail}</p>
        <NewPasswordField value={password} onChange={setPassword} />
        {reset.isError && <ErrorNotice error={reset.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary" disabled={password === '' || reset.isPending}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
