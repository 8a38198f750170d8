import type { ErrorCode } from './catalogue.ts';
import { verbatim, type Told } from './told.ts';

/** Why something failed, as it is kept with what failed. */
export interface Failure<Code extends string = ErrorCode> {
  code: Code;
  detail: Told | null;
}

/** The same as a store holds it: an earlier version kept a sentence in English, which stays what it is. */
export interface KeptFailure<Code extends string = ErrorCode> {
  code: Code;
  detail: Told | string | null;
}

export function failureOf<Code extends string>({ code, detail }: KeptFailure<Code>): Failure<Code> {
  return { code, detail: typeof detail === 'string' ? verbatim(detail) : detail };
}
