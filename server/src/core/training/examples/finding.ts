import { AppError, type ErrorIssue } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';

export type FindingCode =
  | 'contradiction'
  | 'duplicate'
  | 'empty'
  | 'held_out'
  | 'no_question'
  | 'personal_data'
  | 'possible_personal_data'
  | 'secret'
  | 'too_few'
  | 'too_long';

/** What is to be said of an example, or of all. */
export interface Finding {
  code: FindingCode;
  /** Of the example as it was given, from 0; null when it is about all of them. */
  index: number | null;
  /** Whether nothing is trained because of it. */
  refuses: boolean;
  /** What is wrong and what to do; never holds the text of an example. */
  message: Told;
}

/** An example and its place among those that were given. */
export interface PlacedExample<Example> {
  index: number;
  example: Example;
}

const shownIssues = 1_000;

/**
 * Throws `invalid_request` with an issue for each finding that refuses.
 * @param pathOf what the caller calls an example, such as `line 7`
 */
export function assertNothingRefused(
  findings: readonly Finding[],
  pathOf: (index: number) => string = (index) => `examples[${index}]`,
): void {
  const refusing = findings.filter(({ refuses }) => refuses);
  if (refusing.length === 0) return;
  const issues = refusing.slice(0, shownIssues).map((finding) => toIssue(finding, pathOf));
  const [first] = issues;
  const detail =
    issues.length === 1 ? told`${first!.path}: ${first!.message}.` : told`Examples cannot be used: see "issues".`;
  throw new AppError('invalid_request', { detail, issues });
}

export function toIssue({ index, message }: Finding, pathOf: (index: number) => string): ErrorIssue {
  return { path: index === null ? 'examples' : pathOf(index), message };
}
