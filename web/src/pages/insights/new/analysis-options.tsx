import { useQuery } from '@tanstack/react-query';
import { collectionsQuery } from '../../../api/collections-query.ts';
import { useConnection } from '../../../api/session-context.tsx';
import { Checks } from '../../../components/checks.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import { NameSelect } from '../name-select.tsx';
import type { AnalysisOptions } from './analysis-request.ts';

export interface AnalysisOptionsFieldsProps {
  options: AnalysisOptions;
  onChange(change: Partial<AnalysisOptions>): void;
}

/** What may be said beside the question, folded away: most analyses need none of it. */
export function AnalysisOptionsFields({ options, onChange }: AnalysisOptionsFieldsProps) {
  const texts = useTexts(insightTexts).form;
  return (
    <details className="analysis-options">
      <summary>{texts.options}</summary>
      <div className="form">
        <Field label={texts.context} hint={texts.contextHint}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={4_000}
              value={options.context}
              onChange={(event) => onChange({ context: event.target.value })}
            />
          )}
        </Field>
        <CollectionChecks value={options.collections} onChange={(collections) => onChange({ collections })} />
        <PeriodFields options={options} onChange={onChange} />
        <div className="form-row">
          <Choice<AnalysisOptions['writer']>
            label={texts.writer}
            value={options.writer}
            onChange={(writer) => onChange({ writer })}
            options={[
              { value: 'template', label: texts.writers.template },
              { value: 'llm', label: texts.writers.llm },
            ]}
          />
          <Choice<AnalysisOptions['charts']>
            label={texts.charts}
            value={options.charts}
            onChange={(charts) => onChange({ charts })}
            options={[
              { value: 'svg', label: texts.chartChoices.svg },
              { value: 'none', label: texts.chartChoices.none },
            ]}
          />
        </div>
        <p className="field-hint">{texts.writerHint}</p>
      </div>
    </details>
  );
}

function CollectionChecks({ value, onChange }: { value: readonly string[]; onChange(value: readonly string[]): void }) {
  const texts = useTexts(insightTexts).form;
  const { data: collections = [] } = useQuery(collectionsQuery(useConnection()));
  if (collections.length === 0) return <p className="field-hint">{texts.collectionsNone}</p>;
  return (
    <Checks
      label={texts.collections}
      hint={texts.collectionsHint}
      options={collections.map(({ name }) => ({ value: name, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}

function PeriodFields({ options, onChange }: AnalysisOptionsFieldsProps) {
  const texts = useTexts(insightTexts).form;
  return (
    <div className="form-row">
      <Field label={texts.grain}>
        {(control) => (
          <NameSelect
            control={control}
            names={texts.grains}
            none={texts.automatic}
            value={options.grain}
            onChange={(grain) => onChange({ grain })}
          />
        )}
      </Field>
      <Field label={texts.current} hint={texts.currentHint}>
        {(control) => (
          <input
            {...control}
            value={options.current}
            maxLength={20}
            onChange={(event) => onChange({ current: event.target.value })}
          />
        )}
      </Field>
      <Field label={texts.compare}>
        {(control) => (
          <NameSelect
            control={control}
            names={texts.compares}
            none={texts.automatic}
            value={options.compare}
            onChange={(compare) => onChange({ compare })}
          />
        )}
      </Field>
    </div>
  );
}
