import { changeUser, type User, type UserChange } from '@billumy/protocol';
import { useState, type FormEvent } from 'react';
import { useMe } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { Check } from '../../../components/checks.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { commonTexts } from '../../../texts/common.ts';
import { useTexts } from '../../../texts/translated.ts';
import { namesIn } from '../names-in.ts';
import { RoleFields, type RoleDraft } from './role-fields.tsx';
import { useUserDeed } from './use-user-deed.ts';

/** Role, groups, and whether the user may come in at all. */
export function ChangeUserDialog({ user, onClose }: { user: User; onClose(): void }) {
  const texts = useTexts(accountTexts).users;
  const common = useTexts(commonTexts);
  const isOneself = useMe().user_id === user.id;
  const [rights, setRights] = useState<RoleDraft>({ role: user.role, groups: user.groups.join(', ') });
  const [isDisabled, setDisabled] = useState(user.disabled);
  const change = useUserDeed<UserChange>({
    run: (connection, changed) => changeUser(connection, { id: user.id, change: changed }),
    done: texts.changedDone(user.username),
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ role: rights.role, groups: namesIn(rights.groups), disabled: isDisabled });
  };
  return (
    <Dialog title={`${texts.changeTitle}: ${user.username}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <RoleFields value={rights} onChange={setRights} />
        {!isOneself && <Check label={texts.disable} checked={isDisabled} onChange={setDisabled} />}
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
