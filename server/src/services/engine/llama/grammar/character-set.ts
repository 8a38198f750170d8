/** Code points from and to, both included. */
export type CodeRange = readonly [first: number, last: number];

/** Characters that text may have and JSON may write as they are, but for `"` and `\`. */
const text: readonly CodeRange[] = [
  [0x20, 0x7e],
  [0xa0, 0xd7ff],
  [0xe000, 0xfffd],
  [0x10000, 0x10ffff],
];
/** Characters that JSON writes with a backslash, and how. */
const escaped = new Map([
  [0x22, String.raw`"\\\""`],
  [0x5c, String.raw`"\\\\"`],
  [0x08, String.raw`"\\b"`],
  [0x09, String.raw`"\\t"`],
  [0x0a, String.raw`"\\n"`],
  [0x0c, String.raw`"\\f"`],
  [0x0d, String.raw`"\\r"`],
]);
const lastCodePoint = 0x10ffff;

/** Any character inside the quotes of a string in JSON, in GBNF. */
export const anyCharacter = `${classOf(withoutEscaped(text))} | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})`;

/** A character of the set as JSON writes it, in GBNF; null when text can have none of them. */
export function characterGrammar(set: readonly CodeRange[]): string | null {
  const plain = withoutEscaped(intersection(set, text));
  const written = [...escaped].filter(([code]) => set.some(([first, last]) => first <= code && code <= last));
  const bodies = [...(plain.length === 0 ? [] : [classOf(plain)]), ...written.map(([, body]) => body)];
  if (bodies.length === 0) return null;
  return bodies.length === 1 ? (bodies[0] ?? null) : `(${bodies.join(' | ')})`;
}

export function complement(set: readonly CodeRange[]): CodeRange[] {
  const ranges: CodeRange[] = [];
  let next = 0;
  for (const [first, last] of set.toSorted((one, other) => one[0] - other[0])) {
    if (first > next) ranges.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= lastCodePoint) ranges.push([next, lastCodePoint]);
  return ranges;
}

function withoutEscaped(set: readonly CodeRange[]): CodeRange[] {
  return intersection(set, complement([...escaped.keys()].map((code) => [code, code])));
}

function intersection(one: readonly CodeRange[], other: readonly CodeRange[]): CodeRange[] {
  return one.flatMap(([first, last]) =>
    other
      .map(([from, to]): CodeRange => [Math.max(first, from), Math.min(last, to)])
      .filter(([from, to]) => from <= to),
  );
}

function classOf(ranges: readonly CodeRange[]): string {
  return `[${ranges.map(([first, last]) => (first === last ? codePoint(first) : `${codePoint(first)}-${codePoint(last)}`)).join('')}]`;
}

function codePoint(point: number): string {
  return `\\U${point.toString(16).padStart(8, '0').toUpperCase()}`;
}
