import { AppError } from '../../errors/app-error.ts';
import { errorCatalogue } from '../../errors/catalogue.ts';
import { inEnglish, verbatim } from '../../errors/told.ts';
import { maxBodyMegabytes } from './large-json.ts';

/** The error of a field that a schema cannot judge. */
export function refuse(param: string, detail: string): AppError {
  return new AppError('invalid_request', {
    detail: verbatim(detail),
    issues: [{ path: param, message: verbatim(detail) }],
  });
}

/** One sentence that says which field is wrong, and why. */
export function messageOf({ code, detail, issues: [issue] }: AppError): string {
  if (code === 'body_too_large') return `The body is larger than ${maxBodyMegabytes} MB.`;
  const fault = issue && inEnglish(issue.message);
  if (issue === undefined || fault === detail) return detail ?? errorCatalogue[code].meaning;
  return issue.path === '' ? `Invalid body: ${fault}` : `Invalid value for '${issue.path}': ${fault}`;
}
