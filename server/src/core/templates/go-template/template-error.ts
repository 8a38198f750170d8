import { AppError } from '../../../errors/app-error.ts';
import { verbatim } from '../../../errors/told.ts';

const longestMessage = 300;

/** A fault of a template, told as Go's `text/template` does. */
export function templateError(message: string, line: number): AppError {
  const told = message.length > longestMessage ? `${message.slice(0, longestMessage)}...` : message;
  return new AppError('invalid_request', { detail: verbatim(`template: :${line}: ${told}`) });
}

/** A fault that shows when a template is filled. @param at the expression, as it is written */
export function executionError(message: string, { line, at }: { line: number; at: string }): AppError {
  return templateError(`executing "" at <${at}>: ${message}`, line);
}
