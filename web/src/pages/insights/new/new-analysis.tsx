import { useCallback, useState, type FormEvent } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { useToast } from '../../../components/toast.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import { useRefreshLists } from '../insight-queries.ts';
import { hintsOf, type Corrections } from '../report/corrections.ts';
import { AnalysisOptionsFields } from './analysis-options.tsx';
import { usualOptions, type AnalysisOptions } from './analysis-request.ts';
import { AnalysisResult } from './analysis-result.tsx';
import { keptAfter, mostTables, withFiles, withKept, type ChosenTable } from './chosen-tables.ts';
import { TableChoice } from './table-choice.tsx';
import { findTableFault } from './table-fault.ts';
import { useAnalysis } from './use-analysis.ts';

/** The form that asks about tables, and what comes of it below. */
export function NewAnalysis({ tables: given }: { tables: readonly ChosenTable[] }) {
  const { form: texts, tables: tableTexts } = useTexts(insightTexts);
  const { language } = useLanguage();
  const { show } = useToast();
  const refreshLists = useRefreshLists();
  const [tables, setTables] = useState<readonly ChosenTable[]>(given);
  const [options, setOptions] = useState<AnalysisOptions>(usualOptions);
  const [corrections, setCorrections] = useState<Corrections>({});
  const { current, run, stop } = useAnalysis(useConnection());
  const isRunning = current?.phase === 'running';
  const fault = current?.phase === 'failed' ? findTableFault(current.error, tables) : null;

  const addFiles = useCallback(
    (files: readonly File[]): void => {
      if (tables.length + files.length > mostTables) show(tableTexts.tooMany);
      setTables(withFiles(tables, files.slice(0, mostTables - tables.length)));
    },
    [tables, show, tableTexts],
  );
  const analyse = async (): Promise<void> => {
    const report = await run({ tables, options, hints: hintsOf(corrections), language: localeOf[language] });
    if (report === null) return;
    setTables(keptAfter(tables, report));
    refreshLists();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void analyse();
  };
  return (
    <>
      <form className="form" onSubmit={submit}>
        <TableChoice
          tables={tables}
          onFiles={addFiles}
          onKept={(dataset) => setTables(withKept(tables, dataset).slice(0, mostTables))}
          onRemove={(name) => setTables(tables.filter((table) => table.name !== name))}
          fault={fault}
        />
        <Field label={texts.question} hint={texts.questionHint}>
          {(control) => (
            <input
              {...control}
              maxLength={4_000}
              value={options.question}
              onChange={(event) => setOptions({ ...options, question: event.target.value })}
            />
          )}
        </Field>
        <AnalysisOptionsFields options={options} onChange={(change) => setOptions({ ...options, ...change })} />
        <div className="row-actions">
          <Button type="submit" variant="primary" icon="insights" disabled={tables.length === 0 || isRunning}>
            {texts.run}
          </Button>
          {isRunning && (
            <Button icon="stop" onClick={stop}>
              {texts.stop}
            </Button>
          )}
        </div>
      </form>
      {current !== null && (
        <AnalysisResult
          analysis={current}
          showsError={fault === null}
          correcting={{ corrections, onChange: setCorrections, onRun: () => void analyse() }}
        />
      )}
    </>
  );
}
