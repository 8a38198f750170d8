import { ProblemError } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { countExamples, lineIssues, rowsToLines } from '../../src/pages/training/new/example-lines.ts';

describe('written examples', () => {
  it('become lines that count as the rows do, also over rows that are empty', () => {
    const rows = [
      { key: 0, prompt: ' Oi ', answer: 'Olá\n"você"' },
      { key: 4, prompt: ' ', answer: '' },
      { key: 2, prompt: 'Tchau', answer: '' },
    ];
    const lines = rowsToLines(rows);
    expect(lines.split('\n').map((line) => (line === '' ? null : JSON.parse(line)))).toEqual([
      { prompt: 'Oi', completion: 'Olá\n"você"' },
      null,
      { prompt: 'Tchau', completion: '' },
    ]);
    expect(countExamples(lines)).toBe(2);
  });
});

describe('what the service says of examples', () => {
  it('is told by line and field; what names no line is left out', () => {
    const issues = [
      { path: 'line 12.completion', message: 'is needed' },
      { path: 'line 3', message: 'is no JSON' },
      { path: 'examples', message: 'there are too few' },
    ];
    const problem = {
      type: 'about:blank',
      title: 'x',
      status: 400,
      code: 'invalid_request',
      request_id: 'r',
      retryable: false,
      issues,
    };
    expect(lineIssues(new ProblemError(problem, { body: null, retryAfterSeconds: null }))).toEqual([
      { line: 12, field: 'completion', message: 'is needed' },
      { line: 3, field: '', message: 'is no JSON' },
    ]);
    expect(lineIssues(new TypeError('no network'))).toEqual([]);
  });
});
