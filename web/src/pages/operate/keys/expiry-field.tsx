import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { DraftProps } from './key-draft.ts';

const daysOfYear = 365;

export function ExpiryField({ draft, onChange }: DraftProps) {
  const texts = useTexts(accountTexts).keys;
  return (
    <Field label={texts.expires}>
      {(control) => (
        <select
          {...control}
          value={draft.days ?? ''}
          onChange={({ target }) => onChange({ days: target.value === '' ? null : Number(target.value) })}
        >
          {[7, 30, 90].map((days) => (
            <option key={days} value={days}>
              {texts.days(days)}
            </option>
          ))}
          <option value={daysOfYear}>{texts.year}</option>
          <option value="">{texts.never}</option>
        </select>
      )}
    </Field>
  );
}
