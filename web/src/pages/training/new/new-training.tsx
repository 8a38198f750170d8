import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import { Button } from '../../../components/button.tsx';
import { Check } from '../../../components/checks.tsx';
import { Choice } from '../../../components/choice.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Section } from '../../../components/section.tsx';
import { newTrainingTexts } from '../../../texts/new-training.ts';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { countExamples, lineIssues, rowsToLines, type ExampleRow } from './example-lines.ts';
import { ExampleRows, emptyRows } from './example-rows.tsx';
import { LinesField } from './lines-field.tsx';
import { TrainingOptions, usualOptions, type ChosenOptions } from './training-options.tsx';
import { useStartTraining } from './use-start-training.ts';

const sources = ['rows', 'lines', 'feedback'] as const;
type Source = (typeof sources)[number];

/** The form that starts a training. */
export function NewTraining() {
  const texts = useTexts(newTrainingTexts);
  const { lead } = useTexts(trainingTexts);
  const [source, setSource] = useState<Source>('rows');
  const [rows, setRows] = useState<readonly ExampleRow[]>(emptyRows);
  const [text, setText] = useState('');
  const [options, setOptions] = useState<ChosenOptions>(usualOptions);
  const start = useStartTraining();
  const lines = linesOf(source, rows, text);
  const issues = lineIssues(start.error);
  const count = countExamples(lines);
  const isOnlyFeedback = source === 'feedback';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate({ lines, options: { ...options, fromFeedback: isOnlyFeedback || options.fromFeedback } });
  };
  return (
    <form className="page" onSubmit={submit}>
      <Link href="/training">{texts.back}</Link>
      <PageHeader title={texts.title} lead={lead} />
      <Choice<Source>
        label={texts.source}
        options={sources.map((value) => ({ value, label: texts.sources[value] }))}
        value={source}
        onChange={(next) => {
          // Lines of the one are not those of the other.
          start.reset();
          setSource(next);
        }}
      />
      <Section title={texts.examples} lead={isOnlyFeedback ? texts.onlyFeedback : texts.fewest(count)}>
        {start.isError && <ErrorNotice error={start.error} showsIssues={issues.length === 0} />}
        {source === 'rows' && <ExampleRows rows={rows} issues={issues} onChange={setRows} />}
        {source === 'lines' && <LinesField text={text} issues={issues} onChange={setText} />}
        {!isOnlyFeedback && (
          <Check
            label={texts.fromFeedback}
            hint={texts.fromFeedbackHint}
            checked={options.fromFeedback}
            onChange={(fromFeedback) => setOptions({ ...options, fromFeedback })}
          />
        )}
      </Section>
      <TrainingOptions value={options} onChange={setOptions} />
      <div className="row-actions">
        <Button type="submit" variant="primary" disabled={start.isPending || (count === 0 && !isOnlyFeedback)}>
          {start.isPending ? texts.starting : texts.start}
        </Button>
      </div>
    </form>
  );
}

function linesOf(source: Source, rows: readonly ExampleRow[], text: string): string {
  switch (source) {
    case 'rows':
      return rowsToLines(rows);
    case 'lines':
      return text;
    case 'feedback':
      return '';
    default:
      return source satisfies never;
  }
}
