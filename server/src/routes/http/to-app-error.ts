import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, isAppError, type ErrorIssue } from '../../errors/app-error.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { told, type Told } from '../../errors/told.ts';
import { undecodableAddress } from './text-checks.ts';
import { toldIssue } from './zod-issues.ts';

const maxIssues = 20;
const maxMessageLength = 200;

/** Codes of the HTTP server and its body parsers, as ours. */
const foreignCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_BAD_URL: 'invalid_request',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_HANDLER_TIMEOUT: 'timeout',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
  FST_REQ_FILE_TOO_LARGE: 'body_too_large',
  FST_FILES_LIMIT: 'body_too_large',
  FST_FIELDS_LIMIT: 'body_too_large',
  FST_PARTS_LIMIT: 'body_too_large',
  FST_PROTO_VIOLATION: 'invalid_request',
  FST_NO_FORM_DATA: 'invalid_request',
  FST_NON_FILE_FIELD: 'invalid_request',
};

/** What is wrong, where the code alone says only that something is. */
const foreignDetails: Readonly<Record<string, Told>> = {
  FST_ERR_BAD_URL: undecodableAddress,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: told`The body is not as long as Content-Length says.`,
  FST_PROTO_VIOLATION: told`A field of the form has a name that is not allowed, such as "__proto__".`,
  FST_NO_FORM_DATA: told`Send a form with its boundary in Content-Type.`,
  FST_NON_FILE_FIELD: told`The form has text where a file is expected.`,
};

/** By status, for errors whose code is not known: only what says "your fault" is believed. */
const foreignStatuses: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  413: 'body_too_large',
  415: 'unsupported_media_type',
};

/** What went wrong, in the terms of our catalogue; what nobody foresaw is `internal`. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return validationError(error);
  const { code = '', statusCode = 0 } = (error ?? {}) as { code?: string; statusCode?: number };
  const detail = foreignDetails[code];
  return new AppError(foreignCodes[code] ?? foreignStatuses[statusCode] ?? 'internal', {
    ...(detail === undefined ? {} : { detail }),
    cause: error,
  });
}

interface ValidationError {
  validation: readonly { instancePath: string; keyword: string; message?: string | undefined; params: object }[];
  validationContext?: string | undefined;
}

function validationError({ validation, validationContext }: ValidationError): AppError {
  // Ids are opaque: one of the wrong form names nothing, like one that is not there.
  if (validationContext === 'params') return new AppError('not_found');
  const issues: ErrorIssue[] = validation
    .slice(0, maxIssues)
    .map(({ instancePath, keyword, message = '', params }) => ({
      path: readablePath(instancePath),
      message: toldIssue({ ...params, code: keyword, message }),
    }));
  return new AppError('invalid_request', {
    detail: correctionOf[validationContext ?? 'body'] ?? told`Correct the request: see "issues".`,
    issues,
  });
}

const correctionOf: Readonly<Record<string, Told>> = {
  body: told`Correct the body: see "issues".`,
  querystring: told`Correct the query: see "issues".`,
  headers: told`Correct the headers: see "issues".`,
};

/** `/examples/3/prompt` → `examples[3].prompt` */
function readablePath(pointer: string): string {
  return pointer
    .slice(1)
    .split('/')
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('')
    .slice(0, maxMessageLength)
    .toWellFormed();
}
