import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { Check } from '../../../components/checks.tsx';
import { Field } from '../../../components/field.tsx';
import { personaTexts } from '../../../texts/personas.ts';
import { useTexts } from '../../../texts/translated.ts';
import { modelsQuery } from '../operate-queries.ts';
import { KnowledgeFields } from './knowledge-fields.tsx';
import type { PersonaDraftProps } from './persona-draft.ts';

/** Everything about a persona but its name. */
export function PersonaFields({ draft, onChange }: PersonaDraftProps) {
  const texts = useTexts(personaTexts);
  return (
    <>
      <BaseField draft={draft} onChange={onChange} />
      <Field label={texts.system} hint={texts.systemHint}>
        {(control) => (
          <textarea
            {...control}
            rows={5}
            maxLength={32_000}
            value={draft.system}
            onChange={({ target }) => onChange({ system: target.value })}
          />
        )}
      </Field>
      <KnowledgeFields draft={draft} onChange={onChange} />
      <Field label={texts.temperature} hint={texts.temperatureHint}>
        {(control) => (
          <input
            {...control}
            type="number"
            min={0}
            max={2}
            step="any"
            value={draft.temperature}
            onChange={({ target }) => onChange({ temperature: target.value })}
          />
        )}
      </Field>
      <Check
        label={texts.insights}
        hint={texts.insightsHint}
        checked={draft.insights}
        onChange={(insights) => onChange({ insights })}
      />
      <Check
        label={texts.pinned}
        hint={texts.pinnedHint}
        checked={draft.pinned}
        onChange={(pinned) => onChange({ pinned })}
      />
    </>
  );
}

/** The models that answer and are here; the one that a persona has stays, whatever it is. */
function BaseField({ draft, onChange }: PersonaDraftProps) {
  const texts = useTexts(personaTexts);
  const { data: models = [] } = useQuery(modelsQuery(useConnection()));
  const here = models.filter(({ kind, installed }) => kind === 'language' && installed).map(({ name }) => name);
  const names = draft.base === '' || here.includes(draft.base) ? here : [draft.base, ...here];
  return (
    <Field label={texts.base}>
      {(control) => (
        <select {...control} value={draft.base} onChange={({ target }) => onChange({ base: target.value })}>
          <option value="">{texts.automatic}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
