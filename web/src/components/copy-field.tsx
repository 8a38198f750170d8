import { copyText } from '../browser/copy-text.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/translated.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { useToast } from './toast.tsx';

/** A text to take along, with a button that copies it. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const texts = useTexts(commonTexts);
  const { show } = useToast();
  const copy = async (): Promise<void> => show((await copyText(text)) ? texts.copied : texts.notCopied);
  return (
    <Field label={label}>
      {(control) => (
        <div className="copy-field">
          <input {...control} className="code" readOnly value={text} onFocus={(event) => event.target.select()} />
          <Button icon="copy" onClick={() => void copy()}>
            {texts.copy}
          </Button>
        </div>
      )}
    </Field>
  );
}
