/**
 * The first JSON value of a text that starts with one, without what follows. Throws a `SyntaxError` in the words of Go's
 * scanner (encoding/json, scanner.go), which clients know: `invalid character 'b' looking for beginning of value`.
 */
export function findFirstValue(text: string): string {
  const scan: Scan = { text, at: 0 };
  skipSpace(scan);
  const start = scan.at;
  scanValue(scan);
  return text.slice(start, scan.at);
}

interface Scan {
  readonly text: string;
  at: number;
}

/** Recursive: only for texts whose nesting was bounded before. */
function scanValue(scan: Scan): void {
  skipSpace(scan);
  const first = scan.text[scan.at];
  if (first === '{') scanObject(scan);
  else if (first === '[') scanArray(scan);
  else if (first === '"') scanString(scan);
  else if (first === '-' || isDigit(first)) scanNumber(scan);
  else if (first === 't') scanWord(scan, 'true');
  else if (first === 'f') scanWord(scan, 'false');
  else if (first === 'n') scanWord(scan, 'null');
  else throw invalid(scan, 'looking for beginning of value');
}

function scanObject(scan: Scan): void {
  scan.at += 1;
  skipSpace(scan);
  if (take(scan, '}')) return;
  for (;;) {
    skipSpace(scan);
    if (scan.text[scan.at] !== '"') throw invalid(scan, 'looking for beginning of object key string');
    scanString(scan);
    skipSpace(scan);
    if (!take(scan, ':')) throw invalid(scan, 'after object key');
    scanValue(scan);
    skipSpace(scan);
    if (take(scan, '}')) return;
    if (!take(scan, ',')) throw invalid(scan, 'after object key:value pair');
  }
}

function scanArray(scan: Scan): void {
  scan.at += 1;
  skipSpace(scan);
  if (take(scan, ']')) return;
  for (;;) {
    scanValue(scan);
    skipSpace(scan);
    if (take(scan, ']')) return;
    if (!take(scan, ',')) throw invalid(scan, 'after array element');
  }
}

function scanString(scan: Scan): void {
  scan.at += 1;
  for (;;) {
    const next = scan.text[scan.at];
    if (next === undefined || next < ' ') throw invalid(scan, 'in string literal');
    scan.at += 1;
    if (next === '"') return;
    if (next === '\\') scanEscape(scan);
  }
}

function scanEscape(scan: Scan): void {
  if (take(scan, 'u')) {
    for (let digit = 0; digit < 4; digit += 1) {
      takeOne(scan, /^[0-9a-fA-F]$/, String.raw`in \u hexadecimal character escape`);
    }
  } else takeOne(scan, /^[bfnrt\\/"]$/, 'in string escape code');
}

function scanNumber(scan: Scan): void {
  take(scan, '-');
  if (!take(scan, '0')) scanDigits(scan, 'in numeric literal');
  if (take(scan, '.')) scanDigits(scan, 'after decimal point in numeric literal');
  if (!take(scan, 'e') && !take(scan, 'E')) return;
  if (!take(scan, '+')) take(scan, '-');
  scanDigits(scan, 'in exponent of numeric literal');
}

function scanDigits(scan: Scan, place: string): void {
  if (!isDigit(scan.text[scan.at])) throw invalid(scan, place);
  while (isDigit(scan.text[scan.at])) scan.at += 1;
}

function scanWord(scan: Scan, word: string): void {
  for (const letter of word) {
    if (!take(scan, letter)) throw invalid(scan, `in literal ${word} (expecting '${letter}')`);
  }
}

function skipSpace(scan: Scan): void {
  while (/^[ \t\r\n]$/.test(scan.text[scan.at] ?? '')) scan.at += 1;
}

function take(scan: Scan, character: string): boolean {
  if (scan.text[scan.at] !== character) return false;
  scan.at += 1;
  return true;
}

function takeOne(scan: Scan, permitted: RegExp, place: string): void {
  if (!permitted.test(scan.text[scan.at] ?? '')) throw invalid(scan, place);
  scan.at += 1;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function invalid({ text, at }: Scan, place: string): SyntaxError {
  const character = text[at];
  if (character === undefined) return new SyntaxError('unexpected EOF');
  return new SyntaxError(`invalid character ${quoted(character)} ${place}`);
}

/** Go reads bytes: of a character above ASCII it names the first, as if it were Latin-1. */
function quoted(character: string): string {
  if (character === "'") return String.raw`'\''`;
  if (character === '"') return `'"'`;
  const byte = Buffer.from(character)[0] ?? 0;
  const isPlain = (byte >= 0x20 && byte < 0x7f) || byte >= 0xa1;
  if (isPlain) return `'${character === '\\' ? '\\\\' : String.fromCharCode(byte)}'`;
  return `'${escapes[byte] ?? `\\x${byte.toString(16).padStart(2, '0')}`}'`;
}

const escapes: Readonly<Record<number, string>> = {
  7: String.raw`\a`,
  8: String.raw`\b`,
  9: String.raw`\t`,
  10: String.raw`\n`,
  11: String.raw`\v`,
  12: String.raw`\f`,
  13: String.raw`\r`,
};
