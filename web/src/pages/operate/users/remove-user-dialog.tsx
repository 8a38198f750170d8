import { deleteUser, type User } from '@billumy/protocol';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { useToast } from '../../../components/toast.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { commonTexts } from '../../../texts/common.ts';
import { useTexts } from '../../../texts/translated.ts';
import { useUserDeed } from './use-user-deed.ts';

export function RemoveUserDialog({ user, onClose }: { user: User; onClose(): void }) {
  const texts = useTexts(accountTexts).users;
  const common = useTexts(commonTexts);
  const { showError } = useToast();
  const remove = useUserDeed<string>({
    run: deleteUser,
    done: texts.removedDone(user.username),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={texts.removeTitle}
      detail={texts.removeDetail(user.username)}
      action={common.remove}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate(user.id, { onError: showError })}
      onClose={onClose}
    />
  );
}
