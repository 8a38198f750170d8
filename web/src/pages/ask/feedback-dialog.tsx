import type { Feedback } from '@billumy/protocol';
import { useState, type FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { askTexts } from '../../texts/ask.ts';
import { commonTexts } from '../../texts/common.ts';
import { useTexts } from '../../texts/translated.ts';

export type FeedbackGiven = Omit<Feedback, 'message_id'>;

const longestComment = 4_000;
const longestCorrection = 8_000;

/** What was wrong with an answer, and what it should have been. */
export function FeedbackDialog({ onSend, onClose }: { onSend(given: FeedbackGiven): void; onClose(): void }) {
  const texts = useTexts(askTexts).feedback;
  const common = useTexts(commonTexts);
  const [comment, setComment] = useState('');
  const [correction, setCorrection] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSend({
      rating: 'down',
      ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      ...(correction.trim() === '' ? {} : { correction: correction.trim() }),
    });
  };
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <p>{texts.detail}</p>
        <Field label={texts.correction}>
          {(control) => (
            <textarea
              {...control}
              rows={4}
              maxLength={longestCorrection}
              value={correction}
              onChange={(event) => setCorrection(event.target.value)}
            />
          )}
        </Field>
        <Field label={texts.comment}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={longestComment}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          )}
        </Field>
        <div className="dialog-actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary">
            {texts.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
