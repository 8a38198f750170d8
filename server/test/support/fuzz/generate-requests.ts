import fc from 'fast-check';
import { arbitraryFromSchema, type JsonSchema } from './arbitrary-from-schema.ts';
import { formBody, formContentType } from './form-body.ts';
import { hostileBody, hostileText, wrongValue } from './hostile.ts';
import { withKnownModel } from './known-model.ts';
import { slightlyWrong } from './mutate.ts';
import type { OpenApi, Operation, Parameter } from './operations.ts';
import { writeLittle } from './write-little.ts';

export interface GeneratedRequest {
  method: string;
  /** With query, percent-encoded. */
  url: string;
  /** `key` and `login` are good. */
  token: 'key' | 'login' | 'none' | 'bad';
  idempotencyKey: string | undefined;
  contentType: string | undefined;
  bytes: Buffer | undefined;
  /** The JSON body, when there is one: what the published schema is asked about. */
  json: unknown;
}

export interface GenerateOptions {
  document: OpenApi;
  /** Ids that replies of this collection named: a random one is nobody's. */
  knownIds: readonly string[];
}

/** Good, slightly wrong and hostile requests for one operation. */
export function requestsFor(
  operation: Operation,
  { document, knownIds }: GenerateOptions,
): fc.Arbitrary<GeneratedRequest> {
  const valid = (schema: JsonSchema): fc.Arbitrary<unknown> =>
    arbitraryFromSchema(schema, (reference) => document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {});
  return fc
    .record({
      path: pathOf(operation, knownIds),
      query: queryOf(operation.queryParameters, valid),
      body: bodyOf(operation, valid),
      token: fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom('key' as const, 'login' as const) },
        fc.constantFrom('none' as const, 'bad' as const),
      ),
      idempotencyKey: fc.oneof(
        { weight: 20, arbitrary: fc.constant(undefined) },
        fc.constantFrom('one', 'two', 'with space', 'é', 'x'.repeat(256)),
      ),
    })
    .map(({ path, query, body, ...rest }) => ({ method: operation.method, url: `${path}${query}`, ...rest, ...body }));
}

function pathOf({ path, pathParameters }: Operation, knownIds: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...knownIds, 'none');
  const values = fc.record(
    Object.fromEntries(
      pathParameters.map(({ name }) => [name, fc.oneof({ weight: 3, arbitrary: known }, hostileText)]),
    ),
  );
  return values.map((given) =>
    path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent((given[name] ?? '').toWellFormed())),
  );
}

type Valid = (schema: JsonSchema) => fc.Arbitrary<unknown>;

function queryOf(parameters: readonly Parameter[], valid: Valid): fc.Arbitrary<string> {
  const required = parameters.filter((parameter) => parameter.required);
  const honest = fc.oneof(queryRecord(required, valid), queryRecord(parameters, valid));
  const wrong = fc.dictionary(
    fc.constantFrom('extra', '__proto__', ...parameters.map(({ name }) => name)),
    wrongValue,
    { maxKeys: 3 },
  );
  const encoded = fc.oneof({ weight: 8, arbitrary: honest }, wrong).map((fields) =>
    Object.entries(fields as Record<string, unknown>)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value).toWellFormed())}`)
      .join('&'),
  );
  const raw = fc.constantFrom('%', '%ff', 'a=%00', '&&==', 'a=1&a=2', 'limit=%EF%BF%BD');
  return fc.oneof({ weight: 30, arbitrary: encoded }, raw).map((query) => (query === '' ? '' : `?${query}`));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function queryRecord(parameters: readonly Parameter[], valid: Valid): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries(parameters.map(({ name, schema }) => [name, valid(schema)]));
  return fc.record(model, { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) });
}

type Body = Pick<GeneratedRequest, 'contentType' | 'bytes' | 'json'>;
const noBody: Body = { contentType: undefined, bytes: undefined, json: undefined };

function bodyOf({ formSchema, ...operation }: Operation, valid: Valid): fc.Arbitrary<Body> {
  const json = jsonBodyOf(operation, valid);
  if (formSchema === undefined) return json;
  const form = formBody(formSchema).map((bytes): Body => ({ contentType: formContentType, bytes, json: undefined }));
  return fc.oneof(json, form);
}

function jsonBodyOf({ method, bodySchema }: Omit<Operation, 'formSchema'>, valid: Valid): fc.Arbitrary<Body> {
  if (method === 'GET' || method === 'HEAD') return fc.constant(noBody);
  const hostile = hostileBody.map((body): Body => ({ ...body, json: undefined }));
  if (bodySchema === undefined) return fc.oneof({ weight: 3, arbitrary: fc.constant(noBody) }, hostile);
  const honest = valid(bodySchema);
  const briefBody = (json: unknown): fc.Arbitrary<Body> =>
    withKnownModel(json, bodySchema).map((named) => jsonBody(writeLittle(named, bodySchema)));
  return fc.oneof(
    { weight: 5, arbitrary: honest.chain(briefBody) },
    { weight: 5, arbitrary: slightlyWrong(honest).chain(briefBody) },
    { weight: 1, arbitrary: wrongValue.map(jsonBody) },
    { weight: 3, arbitrary: hostile },
    { weight: 1, arbitrary: fc.constant(noBody) },
  );
}

function jsonBody(json: unknown): Body {
  return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(json) ?? 'null'), json };
}
