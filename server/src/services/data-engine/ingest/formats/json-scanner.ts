import { maxJsonDepth } from '../../limits.ts';
import type { CellKind } from '../row-staging.ts';
import { plainNumber } from './plain-number.ts';

/** What is wrong with a JSON text, in a sentence. */
export class JsonFault extends Error {}

/** Reads JSON as it stands there, so that no number loses a digit. Throws JsonFault. */
export interface JsonScanner {
  readonly at: number;
  /** Goes to what comes after white space: its byte, or -1 at the end. */
  next(): number;
  /** Takes one byte, which is there or else is what is missing. */
  take(character: string): void;
  string(): string;
  /** The members of an array or object, each of which `member` reads. */
  members(brackets: '[]' | '{}', member: () => void): void;
  /** null for `null`. Arrays and objects are given as they stand there. */
  value(): JsonCell | null;
}

export interface JsonCell {
  kind: CellKind;
  text: string;
}

const [quote, comma, backslash, openArray, openObject] = Buffer.from('",\\[{');

/** `bytes` are valid UTF-8. */
export function scanJson(bytes: Buffer): JsonScanner {
  let at = 0;

  function next(): number {
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
    }
    return -1;
  }

  function take(character: string): void {
    if (next() !== character.charCodeAt(0))
      throw new JsonFault(`There should be "${character}", but there is ${seen()}.`);
    at += 1;
  }

  function seen(): string {
    return next() === -1 ? 'the end of the file' : JSON.stringify(bytes.toString('utf8', at, at + 10));
  }

  function string(): string {
    take('"');
    const start = at;
    let hasEscapes = false;
    for (; ; at += 1) {
      const byte = bytes[at];
      if (byte === quote) break;
      if (byte === undefined) throw new JsonFault('A text is not closed.');
      if (byte < 0x20) throw new JsonFault('A text contains a line break or another control character.');
      if (byte === backslash) {
        hasEscapes = true;
        at += 1;
      }
    }
    at += 1;
    return hasEscapes ? unescaped(bytes.toString('utf8', start - 1, at)) : bytes.toString('utf8', start, at - 1);
  }

  function value(depth = 0): JsonCell | null {
    const byte = next();
    if (byte === quote) return { kind: 'string', text: string() };
    if (byte === openObject || byte === openArray) {
      if (depth === maxJsonDepth) throw new JsonFault(`Values are nested more than ${maxJsonDepth} deep.`);
      const start = at;
      if (byte === openArray) members('[]', () => value(depth + 1));
      else {
        members('{}', () => {
          string();
          take(':');
          value(depth + 1);
        });
      }
      return { kind: 'nested', text: bytes.toString('utf8', start, at) };
    }
    return word();
  }

  function members(brackets: '[]' | '{}', member: () => void): void {
    const [open = '', close = ''] = brackets;
    take(open);
    if (next() !== close.charCodeAt(0)) {
      for (member(); next() === comma; member()) take(',');
    }
    take(close);
  }

  function word(): JsonCell | null {
    const start = at;
    while (at < bytes.length && isOfWord(bytes[at]!)) at += 1;
    const text = bytes.toString('latin1', start, at);
    if (text === 'null') return null;
    if (text === 'true' || text === 'false') return { kind: 'boolean', text };
    if (isNumber(text)) return { kind: 'number', text: plainNumber(text) };
    at = start;
    throw new JsonFault(`There should be a value, but there is ${seen()}.`);
  }

  return {
    get at() {
      return at;
    },
    next,
    take,
    string,
    members,
    value: () => value(),
  };
}

function unescaped(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch (cause) {
    throw new JsonFault('A text contains an escape that JSON does not have.', { cause });
  }
}

/** Letters, digits, signs and points. */
function isOfWord(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  );
}

/** Python writes the three words, which JSON does not have. */
function isNumber(text: string): boolean {
  return /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|NaN|-?Infinity)$/.test(text);
}
