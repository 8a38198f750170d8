import fc from 'fast-check';
import { arbitraryFromSchema, type JsonSchema } from './arbitrary-from-schema.ts';
import { formBody, formContentType } from './form-body.ts';
import { hostileBody, hostileText, wrongValue } from './hostile.ts';
import { slightlyWrong } from './mutate.ts';
import type { OpenApi, Operation, Parameter } from './operations.ts';

export interface GeneratedRequest {
  method: string;
  /** With query, percent-encoded. */
  url: string;
  token: 'good' | 'none' | 'bad';
  idempotencyKey: string | undefined;
  contentType: string | undefined;
  bytes: Buffer | undefined;
  /** The JSON body, when there is one: what the published schema is asked about. */
  json: unknown;
}

export interface GenerateOptions {
  document: OpenApi;
  /** Ids that replies named: a random one is nobody's. */
  knownIds: () => readonly string[];
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
        { weight: 20, arbitrary: fc.constant('good' as const) },
        fc.constantFrom('none' as const, 'bad' as const),
      ),
      idempotencyKey: fc.option(fc.constantFrom('one', 'two', 'with space', 'é', 'x'.repeat(256)), {
        freq: 10,
        nil: undefined,
      }),
    })
    .map(({ path, query, body, ...rest }) => ({ method: operation.method, url: `${path}${query}`, ...rest, ...body }));
}

function pathOf({ path, pathParameters }: Operation, knownIds: () => readonly string[]): fc.Arbitrary<string> {
  const known = fc.nat(10_000).map((position) => {
    const ids = knownIds();
    return ids[position % Math.max(1, ids.length)] ?? 'none';
  });
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
  const honest = fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, valid(schema)])), {
    requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name),
  });
  const wrong = fc.dictionary(
    fc.constantFrom('extra', '__proto__', ...parameters.map(({ name }) => name)),
    wrongValue,
    { maxKeys: 3 },
  );
  const encoded = fc.oneof({ weight: 4, arbitrary: honest }, wrong).map((fields) =>
    Object.entries(fields as Record<string, unknown>)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value).toWellFormed())}`)
      .join('&'),
  );
  const raw = fc.constantFrom('%', '%ff', 'a=%00', '&&==', 'a=1&a=2', 'limit=%EF%BF%BD');
  return fc.oneof({ weight: 9, arbitrary: encoded }, raw).map((query) => (query === '' ? '' : `?${query}`));
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
  return fc.oneof(
    { weight: 3, arbitrary: honest.map(jsonBody) },
    { weight: 5, arbitrary: slightlyWrong(honest).map(jsonBody) },
    { weight: 1, arbitrary: wrongValue.map(jsonBody) },
    { weight: 3, arbitrary: hostile },
    { weight: 1, arbitrary: fc.constant(noBody) },
  );
}

function jsonBody(json: unknown): Body {
  return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(json) ?? 'null'), json };
}
