import { Button, IconButton } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { newTrainingTexts } from '../../../texts/new-training.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { ExampleRow, LineIssue } from './example-lines.ts';

const firstRows = 3;
const longest = 100_000;

export function emptyRows(): ExampleRow[] {
  return Array.from({ length: firstRows }, (_, key) => ({ key, prompt: '', answer: '' }));
}

export interface ExampleRowsProps {
  rows: readonly ExampleRow[];
  issues: readonly LineIssue[];
  onChange(rows: readonly ExampleRow[]): void;
}

/** Examples as they are written: a question and its answer each, with what is wrong beside it. */
export function ExampleRows({ rows, issues, onChange }: ExampleRowsProps) {
  const texts = useTexts(newTrainingTexts);
  const add = (): void =>
    onChange([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, prompt: '', answer: '' }]);
  return (
    <>
      <ol className="example-rows">
        {rows.map((row, index) => (
          <Row
            key={row.key}
            row={row}
            number={index + 1}
            issues={issues.filter(({ line }) => line === index + 1)}
            onChange={(changed) => onChange(rows.map((each) => (each.key === row.key ? changed : each)))}
            onRemove={() => onChange(rows.filter((each) => each.key !== row.key))}
          />
        ))}
      </ol>
      <div className="row-actions">
        <Button icon="plus" onClick={add}>
          {texts.add}
        </Button>
      </div>
    </>
  );
}

interface RowProps {
  row: ExampleRow;
  number: number;
  issues: readonly LineIssue[];
  onChange(row: ExampleRow): void;
  onRemove(): void;
}

function Row({ row, number, issues, onChange, onRemove }: RowProps) {
  const texts = useTexts(newTrainingTexts);
  const issueOf = (field: string): string | null => issues.find((issue) => issue.field === field)?.message ?? null;
  const others = issues.filter(({ field }) => field !== 'prompt' && field !== 'completion');
  return (
    <li className={`example-row ${issues.length > 0 ? 'wrong' : ''}`}>
      <div className="panel-head">
        <h3>{texts.row(number)}</h3>
        <IconButton icon="remove" label={texts.removeRow(number)} onClick={onRemove} />
      </div>
      {others.map(({ message }) => (
        <p key={message} className="field-error">
          {message}
        </p>
      ))}
      <div className="form-row">
        {(['prompt', 'answer'] as const).map((side) => (
          <Field key={side} label={texts[side]} error={issueOf(side === 'prompt' ? 'prompt' : 'completion')}>
            {(control) => (
              <textarea
                {...control}
                rows={2}
                maxLength={longest}
                value={row[side]}
                onChange={({ target }) => onChange({ ...row, [side]: target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </li>
  );
}
