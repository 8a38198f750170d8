import fc from 'fast-check';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  /** Values that mean something, such as the name of a model that is there. */
  examples?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

type Resolve = (reference: string) => JsonSchema;

const longestString = 40;
const longestArray = 3;

/** Values that a JSON schema describes: what an honest client could send. */
export function arbitraryFromSchema(schema: JsonSchema, resolve: Resolve): fc.Arbitrary<unknown> {
  const nested = (inner: JsonSchema): fc.Arbitrary<unknown> => arbitraryFromSchema(inner, resolve);
  if (schema.$ref !== undefined) return nested(resolve(schema.$ref));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const { examples, ...rest } = schema;
  if (examples !== undefined) return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...examples) }, nested(rest));
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fc.oneof(...branches.map(nested));
  if (schema.allOf !== undefined) return nested(Object.assign({}, schema, { allOf: undefined }, ...schema.allOf));
  const types = [schema.type ?? (schema.properties === undefined ? [] : 'object')].flat();
  if (types.length === 0) return fc.jsonValue({ maxDepth: 2 });
  return fc.oneof(...types.map((type) => ofType(type, schema, nested)));
}

function ofType(
  type: string,
  schema: JsonSchema,
  nested: (inner: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer(bounds(schema));
    case 'number':
      return fc.double({ ...bounds(schema), noNaN: true, noDefaultInfinity: true });
    case 'string':
      return text(schema);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = longestArray } = schema;
      return fc.array(nested(items), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, longestArray)),
      });
    }
    case 'object':
      return object(schema, nested);
    default:
      throw new Error(`unknown type of schema: ${type}`);
  }
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): { min: number; max: number } {
  return {
    min: Math.max(minimum ?? (exclusiveMinimum === undefined ? -1e6 : exclusiveMinimum + 1), -1e6),
    max: Math.min(maximum ?? (exclusiveMaximum === undefined ? 1e6 : exclusiveMaximum - 1), 1e6),
  };
}

function text({ minLength = 0, maxLength = longestString, pattern, format }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((date) => date.toISOString());
  if (format === 'uri') return fc.webUrl();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'));
  if (minLength <= 20 && maxLength >= longestString) {
    const words = fc.lorem({ maxCount: 5 }).map((value) => value.padEnd(minLength, 'a').slice(0, longestString));
    return fc.oneof(words, anyText({ minLength, maxLength }));
  }
  return anyText({ minLength, maxLength });
}

function anyText({ minLength, maxLength }: { minLength: number; maxLength: number }): fc.Arbitrary<string> {
  const longest = Math.max(minLength, Math.min(maxLength, longestString));
  return fc
    .string({ unit: 'grapheme', minLength, maxLength: longest })
    .map((value) => value.slice(0, maxLength).toWellFormed());
}

function object(
  { properties = {}, required = [], additionalProperties, propertyNames }: JsonSchema,
  nested: (inner: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, nested(schema)]));
  const requiredKeys = required.filter((name) => name in model);
  const least = fc.record(Object.fromEntries(requiredKeys.map((name) => [name, model[name]!])));
  const known = fc.oneof(least, fc.record(model, { requiredKeys }));
  if (typeof additionalProperties !== 'object' || Object.keys(properties).length > 0) return known;
  return fc.dictionary(propertyNames === undefined ? fc.string() : text(propertyNames), nested(additionalProperties), {
    maxKeys: longestArray,
  });
}
