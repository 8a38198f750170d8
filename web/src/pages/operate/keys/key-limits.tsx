import { dialectSchema } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { collectionsQuery } from '../../../api/collections-query.ts';
import { namedModelsQuery } from '../../../api/named-models-query.ts';
import { useConnection } from '../../../api/session-context.tsx';
import { Checks } from '../../../components/checks.tsx';
import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { DraftProps } from './key-draft.ts';

const dialectNames = { billumy: 'Billumy', ollama: 'Ollama', openai: 'OpenAI', anthropic: 'Anthropic' };

/** What a key may not do although its owner may. */
export function KeyLimits({ draft, onChange }: DraftProps) {
  const texts = useTexts(accountTexts).keys;
  const connection = useConnection();
  const { data: collections = [] } = useQuery(collectionsQuery(connection));
  const { data: models = [] } = useQuery(namedModelsQuery(connection));
  return (
    <details className="more-limits">
      <summary>{texts.more}</summary>
      <div className="form">
        {collections.length > 0 && (
          <Checks
            label={texts.collections}
            hint={texts.collectionsHint}
            options={collections.map(({ name }) => ({ value: name, label: name }))}
            value={draft.collections}
            onChange={(chosen) => onChange({ collections: chosen })}
          />
        )}
        <Checks
          label={texts.models}
          hint={texts.modelsHint}
          options={models.map(({ name }) => ({ value: name, label: name }))}
          value={draft.models}
          onChange={(chosen) => onChange({ models: chosen })}
        />
        <Checks
          label={texts.dialects}
          hint={texts.dialectsHint}
          options={dialectSchema.options.map((value) => ({ value, label: dialectNames[value] }))}
          value={draft.dialects}
          onChange={(chosen) => onChange({ dialects: chosen })}
        />
        <Rates draft={draft} onChange={onChange} />
      </div>
    </details>
  );
}

function Rates({ draft, onChange }: DraftProps) {
  const texts = useTexts(accountTexts).keys;
  const rates = [
    { name: 'requestsPerMinute', label: texts.perMinute, most: 1_000_000 },
    { name: 'tokensPerDay', label: texts.perDay, most: 1_000_000_000_000 },
  ] as const;
  return (
    <div className="form-row">
      {rates.map(({ name, label, most }) => (
        <Field key={name} label={label}>
          {(control) => (
            <input
              {...control}
              type="number"
              min={1}
              max={most}
              placeholder={texts.unlimited}
              value={draft[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
