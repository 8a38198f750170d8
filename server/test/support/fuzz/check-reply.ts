import { errorCatalogue } from '../../../src/errors/catalogue.ts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { GeneratedRequest } from './generate-requests.ts';
import type { OpenApi, Operation } from './operations.ts';

export interface Reply {
  status: number;
  headers: Headers;
  body: string;
}

/** Statuses of ours that a stopped, full or smaller installation gives; any other 5xx is a fault. */
const permittedFaults = new Set([501, 503]);
/** What Ollama answers with 500 although the caller is at fault, word for word: clients know it so. */
const ollamaFaults =
  /^\{"error":"(pull model manifest: file does not exist|invalid format: .*; expected \\"json\\" or a valid JSON Schema object|option \\".*\\" must be of type [\w ]+|template: .*)"\}\n?$/s;
const insideInformation = /node_modules|\bat \S+ \(|\.[jt]s:\d+|\/tmp\/|\/work\/|SQLITE_|FST_ERR/;

/** What is wrong with a reply, by the published description; undefined when nothing is. */
export function createReplyCheck(
  document: OpenApi,
): (operation: Operation, request: GeneratedRequest, reply: Reply) => string | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'api' });
  const compiled = new Map<string, ValidateFunction>();
  const validatorAt = (...pointer: string[]): ValidateFunction => {
    const path = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validator = compiled.get(path) ?? ajv.compile({ $ref: `api#/${path}` });
    compiled.set(path, validator);
    return validator;
  };

  return (operation, request, { status, headers, body }) => {
    const { path, method, responses, needsToken, bodySchema } = operation;
    if (status >= 500 && !permittedFaults.has(status) && !isOllamaFault(path, { status, body })) {
      return `status ${status}: ${body}`;
    }
    if (needsToken && ['none', 'bad'].includes(request.token) && status < 400)
      return `status ${status} without a token`;
    const place = ['paths', path, method.toLowerCase()];
    if (request.json !== undefined && bodySchema !== undefined && status < 300) {
      const accepts = validatorAt(...place, 'requestBody', 'content', 'application/json', 'schema');
      if (!accepts(request.json)) return `accepted a body against its schema: ${ajv.errorsText(accepts.errors)}`;
    }
    const declared = String(status) in responses ? String(status) : 'default';
    const content = responses[declared]?.content;
    const mediaType = headers.get('content-type')?.split(';', 1)[0] ?? '';
    if (content === undefined) return body === '' ? undefined : `status ${status} is described without a body`;
    if (!(mediaType in content)) return `status ${status}: media type "${mediaType}" is not described`;
    if (status >= 400 && status !== 503 && !mediaType.endsWith('json')) return `an error as ${mediaType}`;
    if (status >= 400 && insideInformation.test(body)) return `tells about the inside: ${body}`;
    if (mediaType === 'application/x-ndjson') return lineFault(body);
    if (!mediaType.endsWith('json')) return undefined;
    const value = JSON.parse(body) as unknown;
    const isRight = validatorAt(...place, 'responses', declared, 'content', mediaType, 'schema');
    if (!isRight(value)) return `status ${status}: ${ajv.errorsText(isRight.errors)}: ${body.slice(0, 500)}`;
    return mediaType === 'application/problem+json' ? problemFault(value as { code: string }) : undefined;
  };
}

function isOllamaFault(path: string, { status, body }: Pick<Reply, 'status' | 'body'>): boolean {
  return status === 500 && path.startsWith('/api/') && ollamaFaults.test(body);
}

/** Every line is an object of its own. */
function lineFault(body: string): string | undefined {
  const lines = body.split('\n');
  if (lines.pop() !== '') return `the last line has no end: ${body}`;
  const values = lines.map((line) => JSON.parse(line) as unknown);
  return values.every((value) => typeof value === 'object' && value !== null) ? undefined : `not objects: ${body}`;
}

function problemFault({ code }: { code: string }): string | undefined {
  return code in errorCatalogue ? undefined : `unknown code ${code}`;
}
