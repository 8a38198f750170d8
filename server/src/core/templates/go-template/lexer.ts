export interface Token {
  kind: TokenKind;
  text: string;
  line: number;
}

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'keyword'
  | 'identifier'
  | 'field'
  | 'variable'
  | 'dot'
  | 'nil'
  | 'boolean'
  | 'number'
  | 'character'
  | 'string'
  | 'raw-string'
  | 'pipe'
  | 'left-paren'
  | 'right-paren'
  | 'comma'
  | 'assign'
  | 'declare'
  | 'symbol'
  | 'end'
  /** The text is what is wrong. */
  | 'error';

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);
const whiteSpace = ' \t\r\n';

/** In the order in which they are tried, at one place each. */
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['pipe', /\|/y],
  ['left-paren', /\(/y],
  ['right-paren', /\)/y],
  ['comma', /,/y],
  ['string', /"(?:[^"\\\n]|\\[^\n])*"/y],
  ['raw-string', /`[^`]*`/y],
  ['character', /'(?:[^'\\\n]|\\[^\n])+'/y],
  ['variable', /\$[\p{L}\p{N}_]*/uy],
  ['number', /[+-]?(?:\.?[0-9])[\p{L}\p{N}_.]*(?:(?<=[eEpP])[+-][0-9_]+)?|[+-]/uy],
  ['field', /\.[\p{L}\p{N}_]+/uy],
  ['dot', /\./y],
  ['identifier', /[\p{L}_][\p{L}\p{N}_]*/uy],
  // Quotes and colons that are not closed are mistakes of their own.
  ['symbol', /[!#%&*/;<>?@[\\\]^{}~]/y],
];
const names: ReadonlySet<TokenKind> = new Set(['dot', 'field', 'identifier', 'variable']);
/** What may come right after a name. */
const terminators = ' \t\r\n.,|:)(';

/** What an unfinished piece is called, by how it begins. */
const unfinished: Readonly<Record<string, string>> = {
  '"': 'unterminated quoted string',
  '`': 'unterminated raw quoted string',
  "'": 'unterminated character constant',
  ':': 'expected :=',
};

/** Cuts a template into tokens; the last one is `end` or `error`. White space that is trimmed is gone. */
export function lex(template: string): Token[] {
  const tokens: Token[] = [];
  let place = 0;
  let line = 1;
  let trims = false;

  function add(kind: TokenKind, text: string, length = text.length): void {
    tokens.push({ kind, text, line });
    line += countLines(template.slice(place, place + length));
    place += length;
  }

  for (;;) {
    const open = template.indexOf('{{', place);
    const until = open === -1 ? template.length : open;
    const isTrimming = open !== -1 && template[open + 2] === '-' && isSpace(template[open + 3]);
    const text = template.slice(place, until);
    const shown = trimmed(text, { start: trims, end: isTrimming });
    if (shown !== '') add('text', shown, text.length);
    else skip(text.length);
    if (open === -1) break;
    const start = open + (isTrimming ? 3 : 2);
    const comment = template.slice(start).match(/^[ \t\r\n]*\/\*/);
    if (comment !== null && (isTrimming || comment[0] === '/*')) {
      const end = template.indexOf('*/', start + comment[0].length);
      if (end === -1) return [...tokens, { kind: 'error', text: 'unclosed comment', line }];
      const close = /^(?:[ \t\r\n]+-)?\}\}/.exec(template.slice(end + 2));
      if (close === null) return [...tokens, { kind: 'error', text: 'comment ends before closing delimiter', line }];
      skip(end + 2 + close[0].length - place);
      trims = close[0].includes('-');
      continue;
    }
    add('open', '{{', start - place);
    const closed = lexAction();
    if (closed === 'error') return tokens;
    trims = closed === 'trims';
  }
  add('end', '', 0);
  return tokens;

  function skip(length: number): void {
    line += countLines(template.slice(place, place + length));
    place += length;
  }

  function lexAction(): 'error' | 'keeps' | 'trims' {
    let depth = 0;
    for (;;) {
      const closing = /[ \t\r\n]-\}\}|\}\}/y;
      closing.lastIndex = place;
      const closed = closing.exec(template);
      if (closed !== null) {
        if (depth > 0) return fail('unclosed left paren');
        add('close', '}}', closed[0].length);
        return closed[0].length > 2 ? 'trims' : 'keeps';
      }
      if (place >= template.length) return fail('unclosed action');
      const found = next();
      if (found === undefined) return fail(unreadable(template.slice(place, place + 2)));
      const after = template.charAt(place + found.text.length);
      if (
        names.has(found.kind) &&
        !terminators.includes(after) &&
        !template.startsWith('}}', place + found.text.length)
      )
        return fail(`bad character ${codeOf(after)}`);
      if (found.kind === 'left-paren') depth++;
      if (found.kind === 'right-paren' && --depth < 0) return fail('unexpected right paren');
      add(found.kind, found.text);
    }
  }

  function next(): { kind: TokenKind; text: string } | undefined {
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = place;
      const text = pattern.exec(template)?.[0];
      if (text === undefined) continue;
      if (kind === 'space') return { kind, text: spaceBefore(text) };
      return { kind: kind === 'identifier' ? kindOfWord(text) : kind, text };
    }
    return undefined;
  }

  /** The last space before `-}}` is a part of it. */
  function spaceBefore(text: string): string {
    const isBeforeTrim = text.length > 1 && template.startsWith('-}}', place + text.length);
    return isBeforeTrim ? text.slice(0, -1) : text;
  }

  function fail(message: string): 'error' {
    add('error', message, 0);
    return 'error';
  }
}

function kindOfWord(text: string): TokenKind {
  if (keywords.has(text)) return 'keyword';
  if (text === 'true' || text === 'false') return 'boolean';
  return text === 'nil' ? 'nil' : 'identifier';
}

function unreadable(text: string): string {
  const known = unfinished[text.charAt(0)];
  if (known !== undefined) return known;
  return `unrecognized character in action: ${codeOf(text)}`;
}

/** A character as Go's `%#U` shows it. */
function codeOf(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  const number = code.toString(16).toUpperCase().padStart(4, '0');
  return `U+${number} '${String.fromCodePoint(code)}'`;
}

function trimmed(text: string, { start, end }: { start: boolean; end: boolean }): string {
  const from = start ? text.replace(/^[ \t\r\n]+/, '') : text;
  if (!end) return from;
  let to = from.length;
  while (to > 0 && isSpace(from[to - 1])) to--;
  return from.slice(0, to);
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && whiteSpace.includes(character);
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
