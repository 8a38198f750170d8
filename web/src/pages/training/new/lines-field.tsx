import { useRef } from 'react';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { useToast } from '../../../components/toast.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { newTrainingTexts } from '../../../texts/new-training.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { LineIssue } from './example-lines.ts';
import { FileDrop } from './file-drop.tsx';
import { LineIssues } from './line-issues.tsx';

/** Above it, a browser becomes slow when somebody types. */
const editableCharacters = 500_000;

export interface LinesFieldProps {
  text: string;
  issues: readonly LineIssue[];
  onChange(text: string): void;
}

/** Examples as JSONL: pasted, typed, or out of a file. */
export function LinesField({ text, issues, onChange }: LinesFieldProps) {
  const texts = useTexts(newTrainingTexts);
  const locale = localeOf[useLanguage().language];
  const { showError } = useToast();
  const field = useRef<HTMLTextAreaElement>(null);
  const read = (file: File): void => void file.text().then(onChange).catch(showError);
  const isLarge = text.length > editableCharacters;
  const lines = text.split('\n');
  const goTo = (line: number): void => {
    const start = lines.slice(0, line - 1).join('\n').length + (line === 1 ? 0 : 1);
    field.current?.focus();
    field.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  return (
    <>
      <FileDrop label={texts.file} hint={texts.fileDrop} onFile={read} />
      <LineIssues issues={issues} lines={lines} onGoTo={isLarge ? undefined : goTo} />
      {isLarge ? (
        <div className="panel">
          <p>{texts.large(lines.length.toLocaleString(locale))}</p>
          <div className="row-actions">
            <Button icon="remove" onClick={() => onChange('')}>
              {texts.clear}
            </Button>
          </div>
        </div>
      ) : (
        <Field label={texts.text} hint={texts.fileHint}>
          {(control) => (
            <textarea
              {...control}
              ref={field}
              className="code lines"
              rows={12}
              wrap="off"
              spellCheck={false}
              value={text}
              onChange={({ target }) => onChange(target.value)}
            />
          )}
        </Field>
      )}
    </>
  );
}
