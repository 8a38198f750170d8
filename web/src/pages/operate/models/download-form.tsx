import { useState, type FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field } from '../../../components/field.tsx';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { useModelChange } from './use-model-change.ts';

/** Downloads a model that the catalogue does not have. */
export function DownloadForm() {
  const texts = useTexts(operateTexts).models;
  const [name, setName] = useState('');
  const { mutate, isPending, error } = useModelChange();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate({ name: name.trim(), change: 'download' }, { onSuccess: () => setName('') });
  };
  return (
    <form className="form" onSubmit={submit}>
      {error !== null && <ErrorNotice error={error} />}
      <Field label={texts.name} hint={texts.nameHint}>
        {(control) => (
          <input
            {...control}
            className="code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={500}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="row-actions">
        <Button type="submit" icon="download" disabled={isPending || name.trim() === ''}>
          {texts.download}
        </Button>
      </div>
    </form>
  );
}
