import { useState, type FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { commonTexts } from '../../../texts/common.ts';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';

const longestReason = 1_000;

export interface PublishDialogProps {
  isBusy: boolean;
  onPublish(reason: string): void;
  onClose(): void;
}

/** Asks why a version that the gate rejected is to answer all the same. */
export function PublishDialog({ isBusy, onPublish, onClose }: PublishDialogProps) {
  const texts = useTexts(trainingTexts).versions;
  const common = useTexts(commonTexts);
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onPublish(reason.trim());
  };
  return (
    <Dialog title={texts.publishTitle} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{texts.publishDetail}</p>
        <Field label={texts.publishReason}>
          {(control) => (
            <textarea
              {...control}
              rows={3}
              maxLength={longestReason}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <div className="dialog-actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="danger" disabled={reason.trim() === '' || isBusy}>
            {texts.publishAnyway}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
