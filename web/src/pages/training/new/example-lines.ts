import { ProblemError } from '@billumy/protocol';

export interface ExampleRow {
  /** Tells rows apart while they are moved and removed. */
  key: number;
  prompt: string;
  answer: string;
}

/** What the service says of an example. */
export interface LineIssue {
  /** From 1. */
  line: number;
  /** The field of the example, such as `completion`; empty: the example as a whole. */
  field: string;
  message: string;
}

/** Rows as JSONL; one in which nothing was written becomes an empty line, so that lines count as rows do. */
export function rowsToLines(rows: readonly ExampleRow[]): string {
  return rows
    .map(({ prompt, answer }) => {
      const isBlank = prompt.trim() === '' && answer.trim() === '';
      return isBlank ? '' : JSON.stringify({ prompt: prompt.trim(), completion: answer.trim() });
    })
    .join('\n');
}

/** Lines that hold something. */
export function countExamples(lines: string): number {
  return lines.split('\n').filter((line) => line.trim() !== '').length;
}

const linePath = /^line (\d+)(?:\.(.+))?$/;

/** Those issues of an error that name a line; the others are about everything that was sent. */
export function lineIssues(error: unknown): LineIssue[] {
  if (!(error instanceof ProblemError)) return [];
  return (error.problem.issues ?? []).flatMap(({ path, message }) => {
    const [, line, field = ''] = linePath.exec(path) ?? [];
    return line === undefined ? [] : [{ line: Number(line), field, message }];
  });
}
