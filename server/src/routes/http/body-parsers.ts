import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { App } from './route.ts';
import { findValueFault, maxNesting, nestsTooDeep, textFault } from './text-checks.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const charsetParameter = /;\s*charset\s*=\s*"?([^";\s]*)/i;

/**
 * Reads JSON bodies everywhere, and form bodies where the route has `config.acceptsForm`. Stricter than JSON.parse:
 * see `text-checks.ts`. Anything else is `unsupported_media_type`.
 */
export function parseBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    readJson(request, body),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (request.routeOptions.config.acceptsForm !== true) throw new AppError('unsupported_media_type');
      return parseForm(decode(request, body));
    },
  );
}

/** JSON is parsed in one go, while everybody waits: what is larger comes as a file, in pieces. */
const maxJsonBytes = 32 * 1024 * 1024;

/** A JSON body, checked as everywhere, whatever its content type says it is. */
export function readJson(request: FastifyRequest, body: Buffer, maxBytes = maxJsonBytes): unknown {
  return parseJson(decode(request, body, maxBytes));
}

function decode(request: FastifyRequest, body: Buffer, maxBytes = maxJsonBytes): string {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new AppError('unsupported_media_type', { detail: told`Send the body uncompressed.` });
  if (body.length > maxBytes) {
    throw new AppError('body_too_large', { detail: told`Send large texts as files, in multipart/form-data.` });
  }
  const charset = charsetParameter.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    throw new AppError('unsupported_media_type', { detail: told`Send the body in UTF-8.` });
  }
  try {
    return utf8.decode(body);
  } catch {
    throw new AppError('invalid_json', { detail: told`The body is not UTF-8.` });
  }
}

/** Undefined for an empty body: whether one is needed is for the schema of the route to say. */
function parseJson(json: string): unknown {
  if (json === '') return undefined;
  if (nestsTooDeep(json)) {
    throw new AppError('invalid_json', { detail: told`The body nests deeper than ${maxNesting} levels.` });
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new AppError('invalid_json');
  }
  const fault = findValueFault(value);
  if (fault !== undefined) throw new AppError('invalid_request', { issues: [fault] });
  return value;
}

function parseForm(form: string): Record<string, string> {
  const fields = new Map<string, string>();
  for (const pair of form.split('&')) {
    if (pair === '') continue;
    const [name = '', ...rest] = pair.split('=').map(decodeFormPart);
    const value = rest.join('=');
    const fault = textFault(name, name) ?? textFault(value, name);
    if (fault !== undefined) throw new AppError('invalid_request', { issues: [fault] });
    if (fields.has(name)) throw new AppError('invalid_request', { detail: told`A form field occurs twice.` });
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function decodeFormPart(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw new AppError('invalid_request', { detail: told`The form contains escapes that are not UTF-8.` });
  }
}
