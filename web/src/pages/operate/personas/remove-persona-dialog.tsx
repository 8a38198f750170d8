import { deleteModel, type Persona } from '@billumy/protocol';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { useToast } from '../../../components/toast.tsx';
import { commonTexts } from '../../../texts/common.ts';
import { personaTexts } from '../../../texts/personas.ts';
import { useTexts } from '../../../texts/translated.ts';
import { usePersonaDeed } from './use-persona-deed.ts';

export function RemovePersonaDialog({ persona: { name }, onClose }: { persona: Persona; onClose(): void }) {
  const texts = useTexts(personaTexts);
  const common = useTexts(commonTexts);
  const { showError } = useToast();
  const remove = usePersonaDeed<string>({ run: deleteModel, done: texts.removed(name), onDone: onClose });
  return (
    <ConfirmDialog
      title={texts.removeTitle}
      detail={texts.removeDetail(name)}
      action={common.remove}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate(name, { onError: showError })}
      onClose={onClose}
    />
  );
}
