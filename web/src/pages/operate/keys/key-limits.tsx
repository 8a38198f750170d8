import { dialectSchema } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { collectionsQuery } from '../../../api/collections-query.ts';
import { namedModelsQuery } from '../../../api/named-models-query.ts';
import { useConnection } from '../../../api/session-context.tsx';
import { Checks } from '../../../components/checks.tsx';
import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { DraftProps } from './create-key-dialog.tsx';

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
        <div className="form-row">
          <Field label={texts.perMinute}>
            {(control) => (
              <input
                {...control}
                type="number"
                min={1}
                max={1_000_000}
                placeholder={texts.unlimited}
                value={draft.requestsPerMinute}
                onChange={({ target }) => onChange({ requestsPerMinute: target.value })}
              />
            )}
          </Field>
          <Field label={texts.perDay}>
            {(control) => (
              <input
                {...control}
                type="number"
                min={1}
                max={1_000_000_000_000}
                placeholder={texts.unlimited}
                value={draft.tokensPerDay}
                onChange={({ target }) => onChange({ tokensPerDay: target.value })}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}
