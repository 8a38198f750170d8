import { isText, type Value } from './values.ts';

/** What a comparison cannot do, in Go's words. */
export class ComparisonError extends Error {}

type Order = 'lt' | 'le' | 'gt' | 'ge';

/** Whether a value equals one of the others. */
export function equalsAny(value: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new ComparisonError('missing argument for comparison');
  return others.some((other) => equals(value, other));
}

function equals(a: Value, b: Value): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  const [first, second] = [basic(a), basic(b)];
  if (typeof first !== typeof second) throw new ComparisonError('incompatible types for comparison');
  return first === second;
}

export function compare(order: Order, a: Value, b: Value): boolean {
  const [first, second] = [orderly(a), orderly(b)];
  if (typeof first !== typeof second) throw new ComparisonError('incompatible types for comparison');
  switch (order) {
    case 'lt':
      return first < second;
    case 'le':
      return first <= second;
    case 'gt':
      return first > second;
    case 'ge':
      return first >= second;
    default:
      return order satisfies never;
  }
}

function isNothing(value: Value): boolean {
  return value === undefined || value === null;
}

function orderly(value: Value): string | number {
  if (isText(value)) return String(value);
  if (typeof value === 'number') return value;
  throw new ComparisonError('invalid type for comparison');
}

function basic(value: Value): string | number | boolean {
  if (isText(value)) return String(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  throw new ComparisonError('non-comparable type');
}
