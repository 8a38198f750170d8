import { useQuery } from '@tanstack/react-query';
import { namedModelsQuery } from '../../api/named-models-query.ts';
import { useConnection } from '../../api/session-context.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';

/** They are what answers by default, under the names that other programs use. */
const builtIn = new Set(['billumy:latest', 'billumy:documents']);

export interface ModelChoiceProps {
  /** null: the configured one. */
  value: string | null;
  onChange(value: string | null): void;
}

/** Who answers: shown where there is a choice. */
export function ModelChoice({ value, onChange }: ModelChoiceProps) {
  const texts = useTexts(askTexts).composer;
  const { data = [] } = useQuery(namedModelsQuery(useConnection()));
  const others = data.filter(({ name }) => !builtIn.has(name));
  if (others.length < 2) return null;
  const groups = [
    { label: texts.personas, members: others.filter(({ isPersona }) => isPersona) },
    { label: texts.models, members: others.filter(({ isPersona }) => !isPersona) },
  ];
  return (
    <select
      className="composer-choice"
      aria-label={texts.model}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">{texts.usualModel}</option>
      {groups
        .filter(({ members }) => members.length > 0)
        .map(({ label, members }) => (
          <optgroup key={label} label={label}>
            {members.map(({ name }) => (
              <option key={name} value={name}>
                {name.replace(/:latest$/, '')}
              </option>
            ))}
          </optgroup>
        ))}
    </select>
  );
}
