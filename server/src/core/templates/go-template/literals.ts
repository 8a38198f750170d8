import type { Token } from './lexer.ts';
import { templateError } from './template-error.ts';

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const escape = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([^]?))/g;

/** The text that a constant stands for, quoted or raw. */
export function unquote({ kind, text, line }: Token): string {
  const inner = text.slice(1, -1);
  if (kind === 'raw-string') return inner.replaceAll('\r', '');
  const plain = unescaped(inner);
  if (plain === undefined) throw templateError('invalid syntax', line);
  return plain;
}

/** The code of a character in single quotes. */
export function unquoteCharacter({ text, line }: Token): number {
  const inner = unescaped(text.slice(1, -1));
  const code = inner?.codePointAt(0);
  if (code === undefined || inner !== String.fromCodePoint(code))
    throw templateError(`malformed character constant: ${text}`, line);
  return code;
}

/** Numbers of Go: decimal, hexadecimal, octal, binary, with underscores and exponents. */
export function parseNumber({ text, line }: Token): number {
  if (text === '-' || text === '+') throw templateError(`illegal number syntax: ${JSON.stringify(text)}`, line);
  const [, sign, digits = ''] = /^([+-]?)(.*)$/.exec(text.replaceAll('_', '')) ?? [];
  const plain = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = Number(plain);
  if (!/^(?:0[xob])?[0-9a-f.e+-]+$/i.test(plain) || !Number.isFinite(value))
    throw templateError(`bad number syntax: ${JSON.stringify(text)}`, line);
  return sign === '-' ? -value : value;
}

function unescaped(text: string): string | undefined {
  let isValid = true;
  const plain = text.replaceAll(escape, (whole: string, ...groups: (string | undefined)[]) => {
    const [letter, byte, short, long, octal] = groups;
    if (letter !== undefined) return escapes[letter] ?? whole;
    const codes = byte ?? short ?? long ?? octal;
    if (codes === undefined) isValid = false;
    const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    isValid = false;
    return '';
  });
  return isValid ? plain : undefined;
}
