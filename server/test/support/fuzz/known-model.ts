import fc from 'fast-check';
import type { JsonSchema } from './arbitrary-from-schema.ts';

/** What every installation has: a model, a persona over it, and one that answers from documents. */
const known = ['nano', 'billumy', 'billumy:documents'];

/** Names a model that is there in most bodies that name one: a random name is nobody's, and what is behind it never runs. */
export function withKnownModel(body: unknown, { properties = {} }: JsonSchema): fc.Arbitrary<unknown> {
  if (typeof body !== 'object' || body === null || !('model' in properties)) return fc.constant(body);
  if (typeof (body as Record<string, unknown>)['model'] !== 'string') return fc.constant(body);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known).map((model) => ({ ...body, model })) },
    fc.constant(body),
  );
}
