import type { ErrorIssue } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';

/** Deeper nesting than this is nobody's honest request. */
export const maxNesting = 64;
export const undecodableAddress = told`The address contains escapes that are not UTF-8.`;
const printableAscii = /^[\x21-\x7e]*$/;

/**
 * What makes an address unusable as text: bytes that are not ASCII, escapes that are not UTF-8, NUL. Undefined when it
 * is sound.
 */
export function findUrlFault(url: string): Told | undefined {
  if (!printableAscii.test(url)) return told`The address contains bytes that must be percent-encoded.`;
  try {
    if (!decodeURIComponent(url).includes('\0')) return undefined;
    return told`The address contains a NUL character.`;
  } catch {
    return undecodableAddress;
  }
}

/** Whether brackets in JSON text nest deeper than allowed; looks at the text, so that nothing deep is ever built. */
export function nestsTooDeep(json: string): boolean {
  let depth = 0;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (code === quote) index = endOfString(json, index);
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > maxNesting) return true;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** The position of the quote that ends the string which begins at `start`; the end of the text when none does. */
function endOfString(json: string, start: number): number {
  let end = start;
  let escapes: number;
  do {
    end = json.indexOf('"', end + 1);
    if (end === -1) return json.length;
    escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
  } while (escapes % 2 === 1);
  return end;
}

/**
 * What a parsed JSON value may not contain anywhere: NUL and lone surrogates (no store keeps them intact), numbers
 * that overflowed to infinity, and keys that reach for prototypes. Only nesting that is not too deep may be asked about.
 */
export function findValueFault(value: unknown): ErrorIssue | undefined {
  if (typeof value === 'string') return textFault(value, '');
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path: '', message: told`is a number too large to represent` };
  }
  if (Array.isArray(value)) return findItemFault(value);
  return typeof value === 'object' && value !== null ? findFieldFault(value as Record<string, unknown>) : undefined;
}

/** What makes JSON text that is not a whole body unusable: it is no JSON, nests too deep, or has a faulty value. */
export function findJsonFault(json: string, path: string): ErrorIssue | undefined {
  if (nestsTooDeep(json)) return { path, message: told`nests deeper than ${maxNesting} levels` };
  try {
    const fault = findValueFault(JSON.parse(json));
    return fault === undefined ? undefined : within(path, fault);
  } catch {
    return { path, message: told`is not JSON` };
  }
}

export function textFault(text: string, path: string): ErrorIssue | undefined {
  if (text.includes('\0')) return { path, message: told`contains a NUL character` };
  return text.isWellFormed() ? undefined : { path, message: told`contains a lone surrogate` };
}

function findItemFault(items: readonly unknown[]): ErrorIssue | undefined {
  for (let index = 0; index < items.length; index += 1) {
    const fault = findValueFault(items[index]);
    if (fault !== undefined) return within(`[${index}]`, fault);
  }
  return undefined;
}

function findFieldFault(fields: Readonly<Record<string, unknown>>): ErrorIssue | undefined {
  for (const key of Object.keys(fields)) {
    if (key === '__proto__' || (key === 'constructor' && hasPrototype(fields[key]))) {
      return { path: '', message: told`must not have a field named "${key}"` };
    }
    const keyFault = textFault(key, '');
    if (keyFault !== undefined) return keyFault;
    const fault = findValueFault(fields[key]);
    if (fault !== undefined) return within(key, fault);
  }
  return undefined;
}

/** The path is put together on the way back, from the fault outwards: sound values cost nothing. */
function within(outer: string, { path, message }: ErrorIssue): ErrorIssue {
  const separator = path === '' || path.startsWith('[') ? '' : '.';
  return { path: `${outer}${separator}${path}`, message };
}

function hasPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
