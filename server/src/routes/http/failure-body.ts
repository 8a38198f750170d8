import type { Failure } from '../../errors/failure.ts';
import { isTold } from '../../errors/told.ts';
import { translate } from '../../errors/translate.ts';
import type { Language } from '../../models/language.ts';

/** Why something failed, for a reader. */
export function toFailureBody<Code extends string>(
  { code, detail }: Failure<Code>,
  language: Language,
): { code: Code; detail: string | null } {
  return { code, detail: detail && translate(detail, language) };
}

/** A value of JSON, such as the result of a job, with all that it tells put into a language. */
export function translateWithin(value: unknown, language: Language): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isTold(value)) return translate(value, language);
  if (Array.isArray(value)) return value.map((item) => translateWithin(item, language));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, translateWithin(field, language)]));
}
