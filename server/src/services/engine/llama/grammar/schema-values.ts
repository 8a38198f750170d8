import type { JsonSchema } from '../../../../models/language-model.ts';
import { FormatError } from './format-error.ts';
import type { NumberBounds } from './number-grammar.ts';

export function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function arrayOf(value: unknown, keyword: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new FormatError(`"${keyword}" of the schema is a list.`);
}

export function objectOf(value: unknown, keyword: string): JsonSchema {
  if (isObject(value)) return value;
  throw new FormatError(`"${keyword}" of the schema is an object.`);
}

/** Without what is undefined. */
export function defined(values: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** What a reference such as `#/$defs/Address` points to. Source: RFC 6901. */
export function resolvePointer(root: unknown, pointer: unknown): unknown {
  if (typeof pointer !== 'string' || !/^#(\/|$)/.test(pointer)) {
    throw new FormatError('A $ref of the schema points outside of it; put what it refers to into $defs.');
  }
  let found: unknown = root;
  for (const part of pointer
    .slice(2)
    .split('/')
    .filter((step, index) => step !== '' || index > 0)) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key);
    if (!isThere) throw new FormatError('A $ref of the schema points to nothing.');
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** How many of something there may be; null when none of any length would do. */
export function lengthOf(schema: JsonSchema, low: string, high: string): { min: number; max: number | null } | null {
  const min = countOf(schema[low]) ?? 0;
  const max = countOf(schema[high]);
  return max !== null && max < min ? null : { min, max };
}

const mostCounted = 100_000;

function countOf(value: unknown): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new FormatError('A length in the schema is a number from 0 on.');
  }
  if (value > mostCounted) throw new FormatError(`A length in the schema is more than ${mostCounted}.`);
  return value;
}

export function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): NumberBounds {
  const [low, above] = [numberOf(minimum), numberOf(exclusiveMinimum)];
  const [high, below] = [numberOf(maximum), numberOf(exclusiveMaximum)];
  const exclusiveMin = exclusiveMinimum === true || (above !== null && (low === null || above >= low));
  const exclusiveMax = exclusiveMaximum === true || (below !== null && (high === null || below <= high));
  return {
    min: above !== null && exclusiveMin ? above : low,
    max: below !== null && exclusiveMax ? below : high,
    exclusiveMin,
    exclusiveMax,
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
