import { useState, type FormEvent } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import { useRefreshLists } from '../insight-queries.ts';
import { hintsOf, type Corrections } from '../report/corrections.ts';
import { AnalysisOptionsFields } from './analysis-options.tsx';
import { usualOptions, type AnalysisOptions } from './analysis-request.ts';
import { AnalysisResult } from './analysis-result.tsx';
import type { ChosenTable } from './chosen-tables.ts';
import { TableChoice } from './table-choice.tsx';
import { findTableFault } from './table-fault.ts';
import { useAnalysis } from './use-analysis.ts';
import { useChosenTables } from './use-chosen-tables.ts';

/** The form that asks about tables, and what comes of it below. */
export function NewAnalysis({ tables: given }: { tables: readonly ChosenTable[] }) {
  const texts = useTexts(insightTexts).form;
  const { language } = useLanguage();
  const refreshLists = useRefreshLists();
  const { tables, ...choice } = useChosenTables(given);
  const [options, setOptions] = useState<AnalysisOptions>(usualOptions);
  const [corrections, setCorrections] = useState<Corrections>({});
  const { current, run, stop } = useAnalysis(useConnection());
  const isRunning = current?.phase === 'running';
  const fault = current?.phase === 'failed' ? findTableFault(current.error, tables) : null;

  const analyse = async (): Promise<void> => {
    const report = await run({ tables, options, hints: hintsOf(corrections), language: localeOf[language] });
    if (report === null) return;
    choice.keep(report);
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
          onFiles={choice.addFiles}
          onKept={choice.addKept}
          onRemove={choice.remove}
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
