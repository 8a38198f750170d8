import { changePersona, makePersona, type Persona } from '@billumy/protocol';
import { useState, type FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field } from '../../../components/field.tsx';
import { commonTexts } from '../../../texts/common.ts';
import { personaTexts } from '../../../texts/personas.ts';
import { useTexts } from '../../../texts/translated.ts';
import { emptyDraft, isWhole, toDraft, toEdit, type PersonaDraft } from './persona-draft.ts';
import { PersonaFields } from './persona-fields.tsx';
import { usePersonaDeed } from './use-persona-deed.ts';

export interface PersonaDialogProps {
  work: { deed: 'create' } | { deed: 'change' | 'copy'; persona: Persona };
  onClose(): void;
}

/** A persona to be filled in: a new one, a copy, or one that is there. */
export function PersonaDialog({ work, onClose }: PersonaDialogProps) {
  const texts = useTexts(personaTexts);
  const common = useTexts(commonTexts);
  const [draft, setDraft] = useState(() => draftOf(work));
  const change = (changed: Partial<PersonaDraft>): void => setDraft({ ...draft, ...changed });
  const name = draft.name.trim();
  const isChange = work.deed === 'change';
  const save = usePersonaDeed<PersonaDraft>({
    run: (connection, wanted) =>
      isChange
        ? changePersona(connection, { name, edit: toEdit(wanted) })
        : makePersona(connection, {
            name,
            copy_of: work.deed === 'copy' ? work.persona.name : null,
            ...toEdit(wanted),
          }),
    done: isChange ? texts.changed(name) : texts.made(name),
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(draft);
  };
  return (
    <Dialog title={useTitle(work)} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {!isChange && <NameField value={draft.name} onChange={(written) => change({ name: written })} />}
        <PersonaFields draft={draft} onChange={change} />
        {save.isError && <ErrorNotice error={save.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary" disabled={!isWhole(draft) || save.isPending}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function draftOf(work: PersonaDialogProps['work']): PersonaDraft {
  if (work.deed === 'create') return emptyDraft;
  const draft = toDraft(work.persona);
  return work.deed === 'copy' ? { ...draft, name: '' } : draft;
}

function useTitle(work: PersonaDialogProps['work']): string {
  const texts = useTexts(personaTexts);
  if (work.deed === 'create') return texts.create;
  return work.deed === 'copy' ? texts.copyTitle(work.persona.name) : texts.changeTitle(work.persona.name);
}

function NameField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const texts = useTexts(personaTexts);
  return (
    <Field label={texts.name} hint={texts.nameHint}>
      {(control) => (
        <input
          {...control}
          className="code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={160}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
