import { ProblemError } from '@billumy/protocol';
import type { problemTexts } from '../texts/problems.ts';

export interface DescribedError {
  /** What happened and what to do, in the language of the page. */
  message: string;
  /** What the service says about this very request, in the language of the page. */
  detail: string | null;
  /** Which parts of the request were not accepted, and why, in the same. */
  issues: readonly { path: string; message: string }[];
  requestId: string | null;
  retryable: boolean;
}

/** What a person can make of an error of the API. */
export function describeError(error: unknown, texts: (typeof problemTexts)['pt']): DescribedError {
  if (error instanceof ProblemError) {
    const { code, detail, issues = [], request_id: requestId, retryable } = error.problem;
    const codes: Readonly<Record<string, string>> = texts.codes;
    return {
      message: codes[code] ?? texts.unexplained,
      detail: detail ?? null,
      issues,
      requestId: requestId === '' ? null : requestId,
      retryable,
    };
  }
  // What fetch rejects with when nothing answered.
  const unreachable = error instanceof TypeError;
  return {
    message: unreachable ? texts.unreachable : texts.unreadable,
    detail: null,
    issues: [],
    requestId: null,
    retryable: unreachable,
  };
}
