import type { JsonSchema } from '../../../../models/language-model.ts';
import { FormatError } from './format-error.ts';

/** Keywords that say nothing about what is valid. */
const annotations = new Set([
  '$comment',
  '$defs',
  '$id',
  '$schema',
  'default',
  'definitions',
  'deprecated',
  'description',
  'discriminator',
  'example',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
]);

/** What of a schema says what is valid. */
export function constraintsOf(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !annotations.has(keyword)));
}

type Merge = (one: unknown, other: unknown) => unknown;

/** The schema of what satisfies both; null when nothing does. Fails where a grammar cannot say both at once. */
export function mergeSchemas(one: JsonSchema, other: JsonSchema): JsonSchema | null {
  const merged: Record<string, unknown> = { ...one };
  for (const [keyword, value] of Object.entries(constraintsOf(other))) {
    const present = Object.hasOwn(merged, keyword) ? merged[keyword] : undefined;
    const together = present === undefined ? value : mergeKeyword(keyword, present, value);
    if (together === null) return null;
    merged[keyword] = together;
  }
  return merged;
}

function mergeKeyword(keyword: string, one: unknown, other: unknown): unknown {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  const merge = mergers[keyword];
  if (merge === undefined) throw new FormatError(`The schema says "${keyword}" twice in one place; say it once.`);
  return merge(one, other);
}

const mergers: Record<string, Merge> = {
  properties: (one, other) => {
    const merged: Record<string, unknown> = { ...asObject(one) };
    for (const [name, schema] of Object.entries(asObject(other))) {
      merged[name] = Object.hasOwn(merged, name) ? { allOf: [merged[name], schema] } : schema;
    }
    return merged;
  },
  required: (one, other) => [...new Set([...asArray(one), ...asArray(other)])],
  additionalProperties: (one, other) => (one === false || other === false ? false : { allOf: [one, other] }),
  items: (one, other) => ({ allOf: [one, other] }),
  allOf: (one, other) => [...asArray(one), ...asArray(other)],
  type: (one, other) => {
    const wanted = types(other);
    const both = types(one).filter((type) => wanted.includes(type));
    if (both.length > 0) return both;
    const hasInteger = types(one).includes('integer') || wanted.includes('integer');
    const hasNumber = types(one).includes('number') || wanted.includes('number');
    return hasInteger && hasNumber ? ['integer'] : null;
  },
  enum: (one, other) => {
    const wanted = new Set(asArray(other).map((value) => JSON.stringify(value)));
    return asArray(one).filter((value) => wanted.has(JSON.stringify(value)));
  },
  const: () => null,
  minimum: largest,
  exclusiveMinimum: largest,
  minLength: largest,
  minItems: largest,
  maximum: smallest,
  exclusiveMaximum: smallest,
  maxLength: smallest,
  maxItems: smallest,
  nullable: (one, other) => one === true && other === true,
};

function largest(one: unknown, other: unknown): number {
  return Math.max(Number(one), Number(other));
}

function smallest(one: unknown, other: unknown): number {
  return Math.min(Number(one), Number(other));
}

function types(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
