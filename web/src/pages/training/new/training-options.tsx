import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { Check } from '../../../components/checks.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { newTrainingTexts } from '../../../texts/new-training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { trainableModelsQuery } from '../training-queries.ts';

const publications = ['auto', 'manual'] as const;

export interface ChosenOptions {
  /** null: the one that answers. */
  base: string | null;
  publish: (typeof publications)[number];
  fromFeedback: boolean;
  allowPersonalData: boolean;
}

export const usualOptions: ChosenOptions = {
  base: null,
  publish: 'auto',
  fromFeedback: false,
  allowPersonalData: false,
};

export interface TrainingOptionsProps {
  value: ChosenOptions;
  onChange(value: ChosenOptions): void;
}

/** Which model learns, and what happens when it has. */
export function TrainingOptions({ value, onChange }: TrainingOptionsProps) {
  const texts = useTexts(newTrainingTexts);
  const { data: models = [] } = useQuery(trainableModelsQuery(useConnection()));
  return (
    <div className="panel">
      <div className="filters">
        <Field label={texts.base}>
          {(control) => (
            <select
              {...control}
              value={value.base ?? ''}
              onChange={({ target }) => onChange({ ...value, base: target.value === '' ? null : target.value })}
            >
              <option value="">{texts.baseDefault}</option>
              {models.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Choice<ChosenOptions['publish']>
          label={texts.publish}
          options={publications.map((each) => ({ value: each, label: texts.publishes[each] }))}
          value={value.publish}
          onChange={(publish) => onChange({ ...value, publish })}
        />
      </div>
      <Check
        label={texts.personalData}
        hint={texts.personalDataHint}
        checked={value.allowPersonalData}
        onChange={(allowPersonalData) => onChange({ ...value, allowPersonalData })}
      />
    </div>
  );
}
