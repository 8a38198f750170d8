import type { TypeAttempt } from './type-attempt.ts';
import { isInForm, type TypeForm } from './type-forms.ts';
import { isNullWord } from './typed-column.ts';

/** A column of dates or of truth values; it is none when not all values are in the form, or none is. */
export function plainColumn({
  value,
  form,
}: {
  value: string;
  form: Exclude<TypeForm, { kind: 'number' }>;
}): TypeAttempt {
  const typed = form.kind === 'date' ? form.typed(value) : `TRY_CAST(${value} AS BOOLEAN)`;
  const typedInForm = `CASE WHEN ${isInForm(form, value)} THEN ${typed} END`;
  const name = `typed_${value}`;
  return {
    value,
    looksOnce: true,
    computed: [`${typedInForm} AS ${name}`],
    numbers: [
      `count(${name})`,
      `count_if(CASE WHEN ${name} IS NULL THEN ${isNullWord(value)} ELSE false END)`,
      `count_if(CASE WHEN ${name} IS NULL THEN NOT ${isNullWord(value)} ELSE false END)`,
    ],
    decide([values = 0, nothings = 0, strangers = 0]) {
      if (values === 0 || strangers > 0) return null;
      return { select: nothings === 0 ? typed : typedInForm, warnings: [] };
    },
  };
}
