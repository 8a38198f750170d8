import { maxQuestionLength } from '@billumy/protocol';
import { useEffect, useRef, type FormEvent } from 'react';
import { IconButton } from '../../components/button.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';
import { CollectionChoice } from './collection-choice.tsx';
import { ModelChoice } from './model-choice.tsx';

/** Who answers, and from what. */
export interface AskSettings {
  /** null: the configured model. */
  model: string | null;
  /** Empty: all that may be seen. */
  collections: readonly string[];
}

export interface ComposerProps {
  draft: string;
  onDraft(text: string): void;
  settings: AskSettings;
  onSettings(settings: AskSettings): void;
  /** Whether an answer is being written. */
  isBusy: boolean;
  onAsk(question: string): void;
  onStop(): void;
}

/** Where a question is written, with who answers it and from what. */
export function Composer({ draft, onDraft, settings, onSettings, isBusy, onAsk, onStop }: ComposerProps) {
  const texts = useTexts(askTexts).composer;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (draft !== '') field.current?.focus();
  }, [draft]);
  const isTooLong = draft.length > maxQuestionLength;
  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    if (isBusy || isTooLong || draft.trim() === '') return;
    onAsk(draft.trim());
    onDraft('');
  };
  return (
    <form className="composer" onSubmit={send}>
      <textarea
        ref={field}
        aria-label={texts.label}
        aria-describedby="composer-hint"
        placeholder={texts.placeholder}
        rows={1}
        value={draft}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={(event) => {
          // While a letter is being composed, Enter chooses it.
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="composer-row">
        <ModelChoice value={settings.model} onChange={(model) => onSettings({ ...settings, model })} />
        <CollectionChoice
          value={settings.collections}
          onChange={(collections) => onSettings({ ...settings, collections })}
        />
        <p id="composer-hint" className={isTooLong ? 'field-error' : 'composer-hint'}>
          {isTooLong ? texts.tooLong(maxQuestionLength) : texts.hint}
        </p>
        {isBusy ? (
          <IconButton icon="stop" variant="secondary" label={texts.stop} onClick={onStop} />
        ) : (
          <IconButton
            type="submit"
            icon="send"
            variant="primary"
            label={texts.send}
            disabled={draft.trim() === '' || isTooLong}
          />
        )}
      </div>
    </form>
  );
}
