import type { ErrorIssue } from '../errors/app-error.ts';

/** Deeper nesting than this is nobody's honest request. */
export const maxNesting = 64;
const printableAscii = /^[\x21-\x7e]*$/;

/**
 * What makes an address unusable as text: bytes that are not ASCII, escapes that are not UTF-8, NUL. Undefined when it
 * is sound.
 */
export function findUrlFault(url: string): string | undefined {
  if (!printableAscii.test(url)) return 'The address contains bytes that must be percent-encoded.';
  try {
    if (!decodeURIComponent(url).includes('\0')) return undefined;
    return 'The address contains a NUL character.';
  } catch {
    return 'The address contains escapes that are not UTF-8.';
  }
}

/** Whether brackets in JSON text nest deeper than allowed; looks at the text, so that nothing deep is ever built. */
export function nestsTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > maxNesting) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

/**
 * What a parsed JSON value may not contain anywhere: NUL and lone surrogates (no store keeps them intact), numbers
 * that overflowed to infinity, and keys that reach for prototypes.
 */
export function findValueFault(value: unknown, path = ''): ErrorIssue | undefined {
  if (typeof value === 'string') return textFault(value, path);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path, message: 'is a number too large to represent' };
  }
  if (Array.isArray(value)) return firstFault(value.map((item, index) => [item, `${path}[${index}]`] as const));
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const poisoned = entries.find(([key, item]) => key === '__proto__' || (key === 'constructor' && hasPrototype(item)));
  if (poisoned !== undefined) return { path, message: `must not have a field named "${poisoned[0]}"` };
  const keyFault = entries.map(([key]) => textFault(key, path)).find((fault) => fault !== undefined);
  return keyFault ?? firstFault(entries.map(([key, item]) => [item, path === '' ? key : `${path}.${key}`] as const));
}

/** What makes JSON text that is not a whole body unusable: it is no JSON, nests too deep, or has a faulty value. */
export function findJsonFault(json: string, path: string): ErrorIssue | undefined {
  if (nestsTooDeep(json)) return { path, message: `nests deeper than ${maxNesting} levels` };
  try {
    return findValueFault(JSON.parse(json), path);
  } catch {
    return { path, message: 'is not JSON' };
  }
}

export function textFault(text: string, path: string): ErrorIssue | undefined {
  if (text.includes('\0')) return { path, message: 'contains a NUL character' };
  return text.isWellFormed() ? undefined : { path, message: 'contains a lone surrogate' };
}

function firstFault(items: readonly (readonly [unknown, string])[]): ErrorIssue | undefined {
  for (const [item, path] of items) {
    const fault = findValueFault(item, path);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function hasPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
