import fc from 'fast-check';
import { hostileText, wrongValue } from './hostile.ts';

interface Mutation {
  kind: 'replace' | 'remove' | 'add';
  position: number;
  name: string;
  value: unknown;
}

/** A value with one thing changed somewhere in it: replaced, removed, or added. */
export function slightlyWrong(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    kind: fc.constantFrom('replace', 'remove', 'add'),
    position: fc.nat(20),
    name: hostileText.map((text) => text || 'extra'),
    value: wrongValue,
  });
  return fc.tuple(valid, mutation).map(([value, change]) => mutate(structuredClone(value), change));
}

function mutate(root: unknown, { kind, position, name, value }: Mutation): unknown {
  const places = placesOf(root);
  if (places.length === 0) return value;
  const { holder, key } = places[position % places.length]!;
  const target = holder as Record<string, unknown>;
  if (kind === 'replace') target[key] = value;
  else if (kind === 'remove') delete target[key];
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  return root;
}

function placesOf(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...placesOf(inner)]);
}
