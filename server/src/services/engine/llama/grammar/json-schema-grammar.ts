import type { JsonSchema } from '../../../../models/language-model.ts';
import { anyCharacter } from './character-set.ts';
import { FormatError } from './format-error.ts';
import { assertSmall, choice, GrammarRules, oneOfTexts, repeated } from './grammar-rules.ts';
import { constraintsOf, mergeSchemas } from './merge-schemas.ts';
import { integerGrammar, numberGrammar } from './number-grammar.ts';
import { objectGrammar } from './object-grammar.ts';
import { patternGrammar } from './pattern-grammar.ts';
import { arrayOf, boundsOf, defined, isObject, isOfType, lengthOf, resolvePointer } from './schema-values.ts';

/**
 * GBNF of the JSON texts that satisfy a schema. Properties come in the order of the schema; a schema with properties allows
 * others only when it says so. Not forced, since no grammar can, are `uniqueItems`, `multipleOf`, `contains`,
 * `propertyNames`, `minProperties`, `maxProperties`, `dependentRequired`, unknown formats, that only one of `oneOf` fits,
 * and patterns with assertions. Other keywords that change what is valid fail with a `FormatError`, as does a schema that
 * nothing satisfies, or one too big.
 */
export function jsonSchemaGrammar(schema: unknown): string {
  const rules = new GrammarRules('r');
  const root = jsonSchemaRule(schema, rules);
  return `root ::= ${root}\n${rules.toString()}`;
}

/** The rule of the JSON texts that satisfy a schema, among those of a grammar with more than that. */
export function jsonSchemaRule(schema: unknown, rules: GrammarRules): string {
  assertSmall(sizeOf(schema));
  const root = new SchemaReader(schema, rules).rule();
  if (root === null) throw new FormatError('Nothing can satisfy this schema.');
  return root;
}

/** Characters of the schema: what is merged and sorted while it is read takes more time than its rules take space. */
function sizeOf(schema: unknown): number {
  try {
    return JSON.stringify(schema ?? null).length;
  } catch {
    throw new FormatError('The schema is too deep.');
  }
}

const mostDepth = 100;
const mostSchemas = 5000;
/** Each is compared with what the others say together. */
const mostMerged = 2000;
const unsupported = [
  '$dynamicRef',
  '$recursiveRef',
  'dependentSchemas',
  'else',
  'if',
  'not',
  'patternProperties',
  'then',
  'unevaluatedItems',
];
const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
type Type = (typeof types)[number];
/** Keywords from which the type follows where none is said. */
const typeByKeyword: Readonly<Record<string, Type>> = {
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
  items: 'array',
  prefixItems: 'array',
  minItems: 'array',
  maxItems: 'array',
  pattern: 'string',
  format: 'string',
  minLength: 'string',
  maxLength: 'string',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
};
const noCharacter = String.raw`[^\U00000000-\U0010FFFF]`;
const twoDigits = '[0-9] [0-9]';
const date = `${twoDigits} ${twoDigits} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [1-2] [0-9] | "3" [0-1])`;
const hour = '([0-1] [0-9] | "2" [0-3])';
const time = `${hour} ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,6})? ("Z" | [+-] ${hour} ":" [0-5] [0-9])`;
const hexadecimal = (digits: number): string => `[0-9a-fA-F]{${digits}}`;
const formats = new Map([
  ['date', date],
  ['time', time],
  ['date-time', `${date} "T" ${time}`],
  ['uuid', [8, 4, 4, 4, 12].map(hexadecimal).join(' "-" ')],
]);

/** A rule for each schema; null for one that nothing satisfies. */
class SchemaReader {
  readonly #root: unknown;
  readonly #rules: GrammarRules;
  readonly #referred = new Map<string, string>();
  readonly #space: string;
  #depth = 0;
  #count = 0;
  #merges = 0;

  constructor(root: unknown, rules: GrammarRules) {
    this.#root = root;
    this.#rules = rules;
    this.#space = rules.add(String.raw`| " " | "\n"{1,2} [ \t]{0,20}`);
  }

  rule(): string | null {
    return this.#visit(this.#root);
  }

  #visit(schema: unknown): string | null {
    if (++this.#count > mostSchemas || ++this.#depth > mostDepth) {
      throw new FormatError('The schema is too big, too deep, or refers to itself without end.');
    }
    const rule = this.#visitOne(schema);
    this.#depth--;
    return rule;
  }

  #visitOne(schema: unknown): string | null {
    if (schema === false) return null;
    if (schema === true) return this.#any();
    if (!isObject(schema)) throw new FormatError('A schema is an object, true or false.');
    const { $ref, allOf, anyOf, oneOf, nullable, ...rest } = constraintsOf(schema);
    const wrong = unsupported.find((keyword) => rest[keyword] !== undefined);
    if (wrong !== undefined) throw new FormatError(`No grammar can force "${wrong}" of the schema; leave it out.`);
    const others = { ...rest, ...defined({ allOf, anyOf, oneOf, nullable }) };
    if ($ref !== undefined) return this.#reference($ref, others);
    if (allOf !== undefined)
      return this.#merged({ ...rest, ...defined({ anyOf, oneOf, nullable }) }, arrayOf(allOf, 'allOf'));
    if (nullable === true) return this.#union([{ ...rest, ...defined({ anyOf, oneOf }) }, { type: 'null' }]);
    if (anyOf !== undefined) return this.#alternatives({ ...rest, ...defined({ oneOf }) }, arrayOf(anyOf, 'anyOf'));
    if (oneOf !== undefined) return this.#alternatives(rest, arrayOf(oneOf, 'oneOf'));
    return this.#plain(rest);
  }

  #reference(pointer: unknown, others: JsonSchema): string | null {
    const target = resolvePointer(this.#root, pointer);
    if (Object.keys(others).length > 0) return this.#merged(others, [target]);
    const key = String(pointer);
    const known = this.#referred.get(key);
    if (known !== undefined) return known;
    const name = this.#rules.reserve();
    this.#referred.set(key, name);
    const rule = this.#visit(target);
    this.#rules.define(name, rule ?? noCharacter);
    if (rule === null) this.#referred.delete(key);
    return rule === null ? null : name;
  }

  #merged(schema: JsonSchema, others: readonly unknown[]): string | null {
    this.#merges += others.length;
    if (this.#merges > mostMerged) throw new FormatError('The schema has too many parts that all must hold.');
    let merged: JsonSchema | null = schema;
    for (const other of others) {
      const resolved = this.#resolved(other);
      if (merged === null || resolved === false) return null;
      if (resolved !== true) merged = mergeSchemas(merged, resolved);
    }
    return merged === null ? null : this.#visit(merged);
  }

  /** Follows references, so that what is referred to can be merged. */
  #resolved(schema: unknown): JsonSchema | boolean {
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) throw new FormatError('A schema is an object, true or false.');
    const { $ref, ...others } = constraintsOf(schema);
    if ($ref === undefined) return schema;
    return { ...others, allOf: [...arrayOf(others['allOf'] ?? [], 'allOf'), resolvePointer(this.#root, $ref)] };
  }

  #alternatives(common: JsonSchema, alternatives: readonly unknown[]): string | null {
    if (Object.keys(common).length === 0) return this.#union(alternatives);
    return this.#union(alternatives.map((alternative) => ({ ...common, allOf: [alternative] })));
  }

  #union(schemas: readonly unknown[]): string | null {
    const bodies = schemas.map((schema) => this.#visit(schema)).filter((rule) => rule !== null);
    return bodies.length === 0 ? null : this.#rules.add(choice(bodies));
  }

  #plain(schema: JsonSchema): string | null {
    if (schema['const'] !== undefined) return this.#values([schema['const']], schema);
    if (schema['enum'] !== undefined) return this.#values(arrayOf(schema['enum'], 'enum'), schema);
    const { type = typeByKeyword[Object.keys(schema).find((keyword) => keyword in typeByKeyword) ?? ''] } = schema;
    if (type === undefined) return this.#any();
    if (!Array.isArray(type)) return this.#ofType(type, schema);
    const wanted = type.includes('number') ? type.filter((one) => one !== 'integer') : type;
    return this.#union(wanted.map((one) => ({ ...schema, type: one })));
  }

  #values(values: readonly unknown[], { type }: JsonSchema): string | null {
    const wanted =
      type === undefined ? values : values.filter((value) => [type].flat().some((one) => isOfType(value, one)));
    const texts = wanted.map((value) => JSON.stringify(value));
    return texts.length === 0 ? null : this.#rules.add(oneOfTexts(this.#rules, texts));
  }

  #ofType(type: unknown, schema: JsonSchema): string | null {
    switch (type as Type) {
      case 'object': {
        const visit = (one: unknown): string | null => this.#visit(one);
        return this.#added(objectGrammar(schema, { rules: this.#rules, space: this.#space, key: this.#key(), visit }));
      }
      case 'array':
        return this.#array(schema);
      case 'string':
        return this.#string(schema);
      case 'number':
        return this.#added(numberGrammar(boundsOf(schema)));
      case 'integer':
        return this.#added(integerGrammar(boundsOf(schema)));
      case 'boolean':
        return this.#rules.add('"true" | "false"');
      case 'null':
        return this.#rules.add('"null"');
      default:
        throw new FormatError(`A type of the schema is none of ${types.join(', ')}.`);
    }
  }

  #added(body: string | null): string | null {
    return body === null ? null : this.#rules.add(body);
  }

  #any(): string {
    const known = this.#referred.get('');
    if (known !== undefined) return known;
    const name = this.#rules.reserve();
    this.#referred.set('', name);
    const kinds = types.filter((type) => type !== 'integer').map((type) => this.#ofType(type, {}));
    this.#rules.define(name, choice(kinds.filter((kind) => kind !== null)));
    return name;
  }

  #key(): string {
    return this.#string({}) ?? '';
  }

  #string(schema: JsonSchema): string | null {
    const { pattern, format } = schema;
    const body = typeof pattern === 'string' ? patternGrammar(this.#rules, pattern) : formats.get(String(format));
    if (typeof body === 'string') return this.#rules.add(String.raw`"\"" ${body} "\""`);
    const length = lengthOf(schema, 'minLength', 'maxLength');
    if (length === null) return null;
    const characters = repeated(this.#rules, this.#rules.add(anyCharacter), length);
    return this.#rules.add(String.raw`"\"" ${characters} "\""`);
  }

  #array(schema: JsonSchema): string | null {
    const tuple = Array.isArray(schema['items'])
      ? schema['items']
      : arrayOf(schema['prefixItems'] ?? [], 'prefixItems');
    const rest = Array.isArray(schema['items'])
      ? (schema['additionalItems'] ?? false)
      : (schema['items'] ?? tuple.length === 0);
    const length = lengthOf(schema, 'minItems', 'maxItems');
    if (length === null) return null;
    const first = tuple.slice(0, length.max ?? tuple.length).map((item) => this.#visit(item));
    if (first.includes(null)) return null;
    const comma = `"," ${this.#space}`;
    const others = length.max === 0 || length.max === first.length ? null : this.#visit(rest);
    if (others === null && length.min > first.length) return null;
    const min = Math.max(0, length.min - first.length);
    const max = others === null ? 0 : length.max === null ? null : length.max - first.length;
    const more =
      first.length === 0
        ? repeated(this.#rules, others ?? '', { min, max, separator: comma })
        : repeated(this.#rules, this.#rules.add(`${comma} ${others ?? ''}`), { min, max });
    return this.#rules.add(`"[" ${this.#space} ${first.join(` ${comma} `)} ${more} ${this.#space} "]"`);
  }
}
