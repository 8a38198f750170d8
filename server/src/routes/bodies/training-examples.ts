import { trainingExampleForms } from '@billumy/protocol';
import type { GivenExampleAt } from '../../core/training/accept-training.ts';
import { AppError, type ErrorIssue } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { findJsonFault } from '../http/text-checks.ts';
import { toldIssue, type ZodFinding } from '../http/zod-issues.ts';

const shownIssues = 1_000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Checks every example of a JSON body; rejects with `invalid_request` and one issue for each that is wrong. */
export function readExamples(values: readonly unknown[]): GivenExampleAt[] {
  return collect(values.map((value, index) => checkExample(value, `examples[${index}]`)));
}

/** Checks every line of a JSONL file; lines that hold nothing are passed over. */
export function readExampleLines(bytes: Uint8Array): GivenExampleAt[] {
  const lines = decode(bytes).split(/\r?\n/);
  return collect(lines.flatMap((line, index) => (line.trim() === '' ? [] : [checkLine(line, `line ${index + 1}`)])));
}

type Checked = { given: GivenExampleAt } | { issue: ErrorIssue };

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new AppError('invalid_request', { detail: told`The file of examples is not UTF-8.` });
  }
}

function checkLine(line: string, path: string): Checked {
  const issue = findJsonFault(line, path);
  return issue === undefined ? checkExample(JSON.parse(line), path) : { issue };
}

function checkExample(value: unknown, path: string): Checked {
  if (typeof value !== 'object' || value === null) return { issue: { path, message: told`must be an object` } };
  const form = Object.entries(trainingExampleForms).find(([field]) => field in value)?.[1];
  if (form === undefined) return { issue: { path, message: told`must have "prompt", "question" or "messages"` } };
  const result = form.safeParse(value);
  if (result.success) return { given: { path, example: result.data } };
  const [first] = result.error.issues;
  return { issue: { path: join(path, first?.path.join('.') ?? ''), message: toldIssue(first as ZodFinding) } };
}

function join(path: string, field: string): string {
  return field === '' ? path : `${path}.${field}`;
}

function collect(checked: readonly Checked[]): GivenExampleAt[] {
  const issues = checked.flatMap((each) => ('issue' in each ? [each.issue] : []));
  if (issues.length > 0) {
    throw new AppError('invalid_request', {
      detail: told`${issues.length} of ${checked.length} examples are wrong: see "issues".`,
      issues: issues.slice(0, shownIssues),
    });
  }
  if (checked.length === 0) throw new AppError('invalid_request', { detail: told`The file of examples is empty.` });
  return checked.flatMap((each) => ('given' in each ? [each.given] : []));
}
