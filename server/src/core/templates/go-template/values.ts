/** A part of a text. Only in those that are special, special tokens are recognised. */
export interface Piece {
  text: string;
  special: boolean;
}

/** A text that knows which of its parts the template wrote. */
export class Text {
  readonly pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }

  toString(): string {
    return this.pieces.map(({ text }) => text).join('');
  }
}

/** A value with fields that are known: any other is an error, as in Go. */
export class Struct {
  /** What Go calls it. */
  readonly type: string;
  readonly fields: ReadonlyMap<string, Value>;
  /** What `json` makes of it, and, as JSON, how it is shown. */
  readonly json: unknown;

  constructor(type: string, fields: Readonly<Record<string, Value>>, json: unknown) {
    this.type = type;
    this.fields = new Map(Object.entries(fields));
    this.json = json;
  }
}

/** A text that is a mere string was inserted by others; an object is a map. `undefined` is no value. */
export type Value = undefined | null | boolean | number | string | Text | readonly Value[] | Struct | ValueMap;
export interface ValueMap {
  readonly [key: string]: Value;
}

const shownAsJson = new WeakSet<object>();

/** The same list or map, which is from now on shown as JSON: Go's types for tools and arguments have such a `String()`. */
export function showAsJson<Shown extends readonly Value[] | ValueMap>(value: Shown): Shown {
  shownAsJson.add(value);
  return value;
}

/** A text of the template's own. */
export function ownText(text: string): Text {
  return new Text([{ text, special: true }]);
}

/** The same text, in which neighbours of one kind are one piece. */
export function mergePieces(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const { text, special } of pieces) {
    const last = merged.at(-1);
    if (text === '') continue;
    if (last?.special === special) last.text += text;
    else merged.push({ text, special });
  }
  return merged;
}

export function piecesOf(text: Text | string): readonly Piece[] {
  return typeof text === 'string' ? [{ text, special: false }] : text.pieces;
}

export function isText(value: Value): value is Text | string {
  return typeof value === 'string' || value instanceof Text;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ValueMap {
  return (
    typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Text || value instanceof Struct)
  );
}

/** As Go's templates do: what is empty is false. */
export function isTrue(value: Value): boolean {
  if (isText(value)) return String(value) !== '';
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return value instanceof Struct || Boolean(value);
}

export function typeName(value: Value): string {
  if (value === undefined || value === null) return 'nil';
  if (isText(value)) return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (value instanceof Struct) return value.type;
  return isList(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** The keys of a map, in the order in which Go goes through them. */
export function sortedKeys(map: ValueMap): string[] {
  return Object.keys(map).toSorted((a, b) => (a < b ? -1 : 1));
}

/** A value of a map; what every object has does not count. */
export function memberOf(map: ValueMap, key: string): Value {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** As Go's `fmt.Print` shows it. */
export function shown(value: Value): readonly Piece[] {
  if (isText(value)) return piecesOf(value);
  return [{ text: shownPlainly(value), special: false }];
}

function shownPlainly(value: Value): string {
  if (value === undefined) return '<no value>';
  if (value === null) return '<nil>';
  if (value instanceof Struct || (typeof value === 'object' && shownAsJson.has(value))) return goJson(value);
  if (isList(value)) return `[${value.map(shownPlainly).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${shownPlainly(value[key])}`)
      .join(' ')}]`;
  return String(value);
}

const escaped: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** As Go's `json.Marshal` writes it. */
export function goJson(value: Value): string {
  return JSON.stringify(jsonOf(value)).replaceAll(/[<>&\u2028\u2029]/g, (character) => escaped[character] ?? character);
}

function jsonOf(value: Value): unknown {
  if (value === undefined) return null;
  if (value instanceof Text) return value.toString();
  if (value instanceof Struct) return value.json;
  if (isList(value)) return value.map(jsonOf);
  if (!isMap(value)) return value;
  const keys = shownAsJson.has(value) ? Object.keys(value) : sortedKeys(value);
  return Object.fromEntries(keys.map((key) => [key, jsonOf(value[key])]));
}
