import type { JsonSchema } from './arbitrary-from-schema.ts';

const limits = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];
const fewTokens = 32;

/**
 * Lets a model write little: as much as its context holds takes longer than a busy machine has for one of thousands of
 * replies. Limits that are wrong, or required and missing, stay as they are.
 */
export function writeLittle(body: unknown, { properties = {}, required = [] }: JsonSchema): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const said = new Map<string, unknown>(Object.entries(body));
  const isOpen = (name: string): boolean => {
    const limit = said.get(name) ?? null;
    return limit === null ? !required.includes(name) : typeof limit === 'number' && limit > fewTokens;
  };
  const open = limits.filter((name) => name in properties && isOpen(name));
  return { ...body, ...Object.fromEntries(open.map((name) => [name, fewTokens])) };
}
