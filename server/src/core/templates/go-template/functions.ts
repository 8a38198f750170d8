import { ComparisonError, compare, equalsAny } from './comparison.ts';
import { printf } from './printf.ts';
import {
  goJson,
  isList,
  isMap,
  isText,
  isTrue,
  memberOf,
  mergePieces,
  ownText,
  type Piece,
  piecesOf,
  shown,
  Struct,
  Text,
  typeName,
  type Value,
} from './values.ts';
import type { Work } from './work.ts';

export interface FunctionContext {
  work: Work;
  now: () => Date;
}

/** Throws a plain Error with what is wrong, in Go's words. */
type TemplateFunction = (values: readonly Value[], context: FunctionContext) => Value;

/** Their values are not all evaluated: see the executor. */
export const lazyFunctions: ReadonlySet<string> = new Set(['and', 'or']);

const functions: Readonly<Record<string, TemplateFunction>> = {
  not: (values) => !isTrue(only(values)),
  len: (values, { work }) => lengthOf(only(values), work),
  index: ([list, ...keys]) => keys.reduce<Value>(indexed, list),
  slice: sliced,
  print: (values, { work }) => made(printed(values), work),
  println: (values, { work }) =>
    made([...values.flatMap((value) => [...shown(value ?? null), space]).slice(0, -1), newline], work),
  printf: ([format, ...values], { work }) => made(printf(textOf(format), values), work),
  eq: ([first, ...others]) => equalsAny(first, others),
  ne: (values) => !equalsAny(...pair(values)),
  lt: (values) => ordered('lt', values),
  le: (values) => ordered('le', values),
  gt: (values) => ordered('gt', values),
  ge: (values) => ordered('ge', values),
  json: (values, { work }) => counted(goJson(only(values)), work),
  currentDate: (_, { now }) => day(now(), 0),
  yesterdayDate: (_, { now }) => day(now(), -1),
  toTypeScriptType: (values) => typeScriptOf(only(values)),
};

export const functionNames: ReadonlySet<string> = new Set([...lazyFunctions, ...Object.keys(functions)]);

/** Throws an Error with what is wrong, in Go's words. */
export function callFunction(name: string, values: readonly Value[], context: FunctionContext): Value {
  const run = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (run === undefined) throw new Error(`${JSON.stringify(name)} is not a defined function`);
  try {
    return run(values, context);
  } catch (error) {
    throw error instanceof ComparisonError ? new Error(`error calling ${name}: ${error.message}`) : error;
  }
}

/** In characters: text in many small pieces is dearer than text in one. */
const pieceCost = 32;
const space: Piece = { text: ' ', special: false };
const newline: Piece = { text: '\n', special: true };

function only(values: readonly Value[]): Value {
  if (values.length !== 1) throw new Error(`wrong number of args: want 1 got ${values.length}`);
  return values[0];
}

function pair(values: readonly Value[]): [Value, [Value]] {
  if (values.length !== 2) throw new Error(`wrong number of args: want 2 got ${values.length}`);
  return [values[0], [values[1]]];
}

function ordered(order: 'lt' | 'le' | 'gt' | 'ge', values: readonly Value[]): boolean {
  const [first, [second]] = pair(values);
  return compare(order, first, second);
}

function textOf(value: Value): Text | string {
  if (!isText(value)) throw new Error(`wrong type for value; expected string; got ${typeName(value)}`);
  return value;
}

function counted(text: string, work: Work): string {
  work.read(text.length);
  return text;
}

function made(pieces: readonly Piece[], work: Work): Text {
  for (const { text } of pieces) work.read(text.length + pieceCost);
  return new Text(mergePieces(pieces));
}

/** Go puts a space between two values neither of which is a text. */
function printed(values: readonly Value[]): Piece[] {
  return values.flatMap((value, index) => {
    const isApart = index > 0 && !isText(value) && !isText(values[index - 1]);
    return isApart ? [space, ...shown(value ?? null)] : shown(value ?? null);
  });
}

/** Of a text, in bytes. */
function lengthOf(value: Value, work: Work): number {
  if (isText(value)) return Buffer.byteLength(counted(String(value), work));
  if (isList(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  throw new Error(`error calling len: len of type ${typeName(value)}`);
}

function indexed(value: Value, key: Value): Value {
  if (isMap(value)) return memberOf(value, String(textOf(key)));
  if (value === undefined || value === null) throw new Error('error calling index: index of untyped nil');
  const list = isText(value) ? [...Buffer.from(String(value))] : value;
  if (!isList(list)) throw new Error(`error calling index: can't index item of type ${typeName(value)}`);
  if (typeof key !== 'number')
    throw new Error(`error calling index: cannot index slice/array with type ${typeName(key)}`);
  if (key < 0 || key >= list.length) throw new Error(`error calling index: index out of range: ${key}`);
  return list[key];
}

function sliced([value, ...places]: readonly Value[], { work }: FunctionContext): Value {
  if (!isText(value) && !isList(value))
    throw new Error(`error calling slice: can't slice item of type ${typeName(value)}`);
  const length = isList(value) ? value.length : lengthOf(value, work);
  const [start = 0, end = length] = places;
  for (const place of [start, end]) {
    if (typeof place !== 'number')
      throw new Error(`error calling slice: cannot index slice/array with type ${typeName(place)}`);
    if (place < 0 || place > length) throw new Error(`error calling slice: index out of range: ${place}`);
  }
  const [from, to] = [Number(start), Number(end)];
  if (from > to) throw new Error(`error calling slice: invalid slice index: ${from} > ${to}`);
  if (!isList(value)) return made(slicedPieces(piecesOf(value), from, to), work);
  work.read(to - from);
  return value.slice(from, to);
}

function slicedPieces(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let place = 0;
  return pieces.map(({ text, special }) => {
    const bytes = Buffer.from(text);
    const start = place;
    place += bytes.length;
    return { text: bytes.subarray(Math.max(0, from - start), Math.max(0, to - start)).toString(), special };
  });
}

const dayMs = 86_400_000;

function day(now: Date, offset: number): Text {
  return ownText(new Date(now.getTime() + offset * dayMs).toISOString().slice(0, 10));
}

const typeScript: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'any[]',
  object: 'Record<string, any>',
  null: 'null',
};

function typeScriptOf(value: Value): Text {
  return ownText(value instanceof Struct ? typeOfSchema(value.json) : 'any');
}

function typeOfSchema(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return 'any';
  const { anyOf, type } = schema as { anyOf?: unknown; type?: unknown };
  if (Array.isArray(anyOf) && anyOf.length > 0) return anyOf.map(typeOfSchema).join(' | ');
  const types = Array.isArray(type) ? type : [type];
  return types
    .map((name) => (typeof name === 'string' && Object.hasOwn(typeScript, name) ? typeScript[name] : 'any'))
    .join(' | ');
}
