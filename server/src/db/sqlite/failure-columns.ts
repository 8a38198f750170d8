import type { ErrorCode } from '../../errors/catalogue.ts';
import { failureOf, type Failure } from '../../errors/failure.ts';
import type { Told } from '../../errors/told.ts';

export interface FailureColumns {
  error_code: ErrorCode | null;
  /** A `Told` as JSON; a sentence in rows of earlier versions. */
  error_detail: string | null;
}

export function readFailure({ error_code: code, error_detail: detail }: FailureColumns): Failure | null {
  if (code === null) return null;
  const isTold = detail?.startsWith('{') === true;
  return failureOf({ code, detail: isTold ? (JSON.parse(detail) as Told) : detail });
}

/** The values of both columns. */
export function failureValues(failure: Failure | null): [string | null, string | null] {
  return [failure?.code ?? null, failure?.detail == null ? null : JSON.stringify(failure.detail)];
}
