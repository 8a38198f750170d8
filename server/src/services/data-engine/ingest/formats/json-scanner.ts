import { maxJsonDepth } from '../../limits.ts';
import type { CellKind } from '../row-staging.ts';
import { plainNumber } from './plain-number.ts';
import { ToldError } from '../../../../errors/told-error.ts';
import { told, type Told } from '../../../../errors/told.ts';

/** What is wrong with a JSON text, in a sentence. */
export class JsonFault extends ToldError {}

export interface JsonCell {
  kind: CellKind;
  text: string;
}

const [quote, comma, backslash, openArray, openObject] = Buffer.from('",\\[{');

/** Reads JSON as it stands there, so that no number loses a digit. What is wrong is thrown as JsonFault. */
export class JsonScanner {
  /** Where it is, in bytes. */
  at = 0;
  readonly #bytes: Buffer;

  /** @param bytes valid UTF-8 */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Goes to what comes after white space: its byte, or -1 at the end. */
  next(): number {
    for (; this.at < this.#bytes.length; this.at += 1) {
      const byte = this.#bytes[this.at]!;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
    }
    return -1;
  }

  /** Takes one character, which is there or else is what is missing. */
  take(character: string): void {
    if (this.next() !== character.charCodeAt(0)) {
      throw new JsonFault(told`There should be "${character}", but there is ${this.#seen()}.`);
    }
    this.at += 1;
  }

  string(): string {
    this.take('"');
    const start = this.at;
    let hasEscapes = false;
    for (; ; this.at += 1) {
      const byte = this.#bytes[this.at];
      if (byte === quote) break;
      if (byte === undefined) throw new JsonFault(told`A text is not closed.`);
      if (byte < 0x20) throw new JsonFault(told`A text contains a line break or another control character.`);
      if (byte !== backslash) continue;
      hasEscapes = true;
      this.at += 1;
    }
    const end = this.at;
    this.at += 1;
    if (hasEscapes) return unescaped(this.#bytes.toString('utf8', start - 1, end + 1));
    return this.#bytes.toString('utf8', start, end);
  }

  /** The members of an array or object, each of which `member` reads. */
  members(brackets: '[]' | '{}', member: () => void): void {
    const [open = '', close = ''] = brackets;
    this.take(open);
    if (this.next() !== close.charCodeAt(0)) {
      for (member(); this.next() === comma; member()) this.take(',');
    }
    this.take(close);
  }

  /** null for `null`. Arrays and objects are given as they stand there. */
  value(depth = 0): JsonCell | null {
    const byte = this.next();
    if (byte === quote) return { kind: 'string', text: this.string() };
    if (byte !== openObject && byte !== openArray) return this.#word();
    if (depth === maxJsonDepth) throw new JsonFault(told`Values are nested more than ${maxJsonDepth} deep.`);
    const start = this.at;
    if (byte === openArray) this.members('[]', () => this.value(depth + 1));
    else {
      this.members('{}', () => {
        this.string();
        this.take(':');
        this.value(depth + 1);
      });
    }
    return { kind: 'nested', text: this.#bytes.toString('utf8', start, this.at) };
  }

  #word(): JsonCell | null {
    const start = this.at;
    while (this.at < this.#bytes.length && isOfWord(this.#bytes[this.at]!)) this.at += 1;
    const text = this.#bytes.toString('latin1', start, this.at);
    if (text === 'null') return null;
    if (text === 'true' || text === 'false') return { kind: 'boolean', text };
    if (isNumber(text)) return { kind: 'number', text: plainNumber(text) };
    this.at = start;
    throw new JsonFault(told`There should be a value, but there is ${this.#seen()}.`);
  }

  #seen(): string | Told {
    if (this.next() === -1) return told`the end of the file`;
    return JSON.stringify(this.#bytes.toString('utf8', this.at, this.at + 10));
  }
}

function unescaped(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch (cause) {
    throw new JsonFault(told`A text contains an escape that JSON does not have.`, { cause });
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
