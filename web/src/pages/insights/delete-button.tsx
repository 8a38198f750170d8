import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useToast } from '../../components/toast.tsx';
import { commonTexts } from '../../texts/common.ts';
import { useTexts } from '../../texts/translated.ts';

export interface DeleteButtonProps {
  id: string;
  deletion: UseMutationResult<void, Error, string>;
  texts: { label: string; title: string; detail: string; done: string };
  onDeleted?(): void;
}

/** Deletes after it was confirmed. */
export function DeleteButton({ id, deletion, texts, onDeleted }: DeleteButtonProps) {
  const common = useTexts(commonTexts);
  const { show, showError } = useToast();
  const [isAsking, setAsking] = useState(false);
  const confirm = (): void =>
    deletion.mutate(id, {
      onSuccess: () => {
        show(texts.done);
        onDeleted?.();
      },
      onError: showError,
      onSettled: () => setAsking(false),
    });
  return (
    <>
      <IconButton icon="remove" label={texts.label} onClick={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={texts.title}
          detail={texts.detail}
          action={common.remove}
          isBusy={deletion.isPending}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
