import { auditActionSchema, type AuditAction } from '@billumy/protocol';
import { Field } from '../../../components/field.tsx';
import { auditTexts } from '../../../texts/audit.ts';
import { useTexts } from '../../../texts/translated.ts';

export interface ChosenFilters {
  actor: string;
  /** Empty: all. */
  action: AuditAction | '';
  /** A day as `2026-11-30`; empty: from the beginning. */
  since: string;
}

export const noFilters: ChosenFilters = { actor: '', action: '', since: '' };

export interface AuditFiltersProps {
  value: ChosenFilters;
  onChange(value: ChosenFilters): void;
}

export function AuditFilters({ value, onChange }: AuditFiltersProps) {
  const texts = useTexts(auditTexts);
  return (
    <search className="filters" aria-label={texts.filters}>
      <Field label={texts.who}>
        {(control) => (
          <input
            {...control}
            type="search"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            placeholder={texts.whoHint}
            value={value.actor}
            onChange={(event) => onChange({ ...value, actor: event.target.value })}
          />
        )}
      </Field>
      <Field label={texts.what}>
        {(control) => (
          <select
            {...control}
            value={value.action}
            onChange={({ target }) =>
              onChange({ ...value, action: auditActionSchema.options.find((each) => each === target.value) ?? '' })
            }
          >
            <option value="">{texts.everything}</option>
            {auditActionSchema.options.map((action) => (
              <option key={action} value={action}>
                {texts.actions[action]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={texts.since}>
        {(control) => (
          <input
            {...control}
            type="date"
            value={value.since}
            onChange={(event) => onChange({ ...value, since: event.target.value })}
          />
        )}
      </Field>
    </search>
  );
}
