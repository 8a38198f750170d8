/** Bounds of a number; null where there is none. */
export interface NumberBounds {
  min: number | null;
  max: number | null;
  /** Whether the bound itself is out of bounds. */
  exclusiveMin: boolean;
  exclusiveMax: boolean;
}

const fraction = '("." [0-9]{1,16})?';
const anyInteger = '("0" | [1-9] [0-9]{0,15})';
/** Larger numbers are not written here, so that such a bound is none. */
const largest = 1e15;
const decimals = 12;

/** GBNF of the integers within bounds; null when there are none. */
export function integerGrammar(bounds: NumberBounds): string | null {
  const { min, max } = integerBounds(bounds);
  if (min !== null && max !== null && min > max) return null;
  return union([
    negative(min, max, (least, most) => integers(least, most)),
    positive(min, max, (least, most) => integers(least, most)),
  ]);
}

/** GBNF of the decimal numbers within bounds; null when there are none. */
export function numberGrammar(bounds: NumberBounds): string | null {
  const min = withinReach(bounds.min);
  const max = withinReach(bounds.max);
  if (min === null && max === null) return `"-"? ${anyInteger} ${fraction} ([eE] [-+]? [0-9]{1,3})?`;
  const { exclusiveMin, exclusiveMax } = bounds;
  if (min !== null && max !== null && (min > max || (min === max && (exclusiveMin || exclusiveMax)))) return null;
  return union([
    negative(min, max, (least, most) => reals({ least, most, aboveLeast: exclusiveMax, belowMost: exclusiveMin })),
    positive(min, max, (least, most) => reals({ least, most, aboveLeast: exclusiveMin, belowMost: exclusiveMax })),
  ]);
}

type Range = (least: number, most: number | null) => string | null;

function positive(min: number | null, max: number | null, range: Range): string | null {
  return max !== null && max < 0 ? null : range(Math.max(0, min ?? 0), max);
}

function negative(min: number | null, max: number | null, range: Range): string | null {
  if (min !== null && min >= 0) return null;
  const absolute = range(max === null ? 0 : Math.max(0, -max), min === null ? null : -min);
  return absolute === null ? null : `"-" (${absolute})`;
}

function integerBounds({ min, max, exclusiveMin, exclusiveMax }: NumberBounds): Record<'min' | 'max', number | null> {
  const [low, high] = [withinReach(min), withinReach(max)];
  return {
    min: low === null ? null : exclusiveMin ? Math.floor(low) + 1 : Math.ceil(low),
    max: high === null ? null : exclusiveMax ? Math.ceil(high) - 1 : Math.floor(high),
  };
}

function withinReach(bound: number | null): number | null {
  return bound === null || Math.abs(bound) >= largest ? null : bound;
}

/** Integers from 0 on, without leading zeros. */
function integers(least: number, most: number | null): string | null {
  if (most !== null && least > most) return null;
  if (most === null) {
    const digits = String(least).length;
    if (least === 0) return anyInteger;
    return union([sameLength(String(least), '9'.repeat(digits)), `[1-9] [0-9]{${digits},16}`]);
  }
  const lengths: (string | null)[] = [];
  for (let digits = String(least).length; digits <= String(most).length; digits++) {
    const from = Math.max(least, digits === 1 ? 0 : 10 ** (digits - 1));
    lengths.push(sameLength(String(from), String(Math.min(most, 10 ** digits - 1))));
  }
  return union(lengths);
}

interface RealRange {
  least: number;
  most: number | null;
  aboveLeast: boolean;
  belowMost: boolean;
}

/** Decimal numbers from 0 on. A bound with decimals is not excluded itself. */
function reals({ least, most, aboveLeast, belowMost }: RealRange): string | null {
  const [low, lowDecimals] = parts(least);
  const above = aboveLeast && lowDecimals === '' ? nonzeroFraction : atLeast(lowDecimals);
  if (most === null) return union([`${digitsOf(low)} ${above}`, withFraction(integers(low + 1, null))]);
  const [high, highDecimals] = parts(most);
  if (low === high) {
    if (highDecimals === '') return aboveLeast || belowMost ? null : `${digitsOf(high)} ("." "0"{1,4})?`;
    return `${digitsOf(low)} ${between(lowDecimals, highDecimals)}`;
  }
  const top = highDecimals === '' && belowMost ? null : `${digitsOf(high)} ${atMost(highDecimals)}`;
  return union([`${digitsOf(low)} ${above}`, withFraction(integers(low + 1, high - 1)), top]);
}

function parts(value: number): [whole: number, decimals: string] {
  const [whole = '0', decimal = ''] = value.toFixed(decimals).split('.');
  return [Number(whole), decimal.replace(/0+$/, '')];
}

function digitsOf(value: number): string {
  return `"${value}"`;
}

function withFraction(whole: string | null): string | null {
  return whole === null ? null : `(${whole}) ${fraction}`;
}

const nonzeroFraction = '"." "0"{0,8} [1-9] [0-9]{0,8}';

function atLeast(digits: string): string {
  return digits === '' ? fraction : `"." ${tailAtLeast(digits)}`;
}

function atMost(digits: string): string {
  return digits === '' ? '("." "0"{1,4})?' : `("." (${tailAtMost(digits)}))?`;
}

function between(low: string, high: string): string {
  const length = Math.max(low.length, high.length);
  const body = tailBetween(low.padEnd(length, '0'), high.padEnd(length, '0'));
  return low === '' ? `("." (${body}))?` : `"." (${body})`;
}

function tailAtLeast(digits: string): string {
  if (digits === '') return '[0-9]{0,16}';
  const [first = '0'] = digits;
  return `(${union([digitClass(Number(first) + 1, 9, '[0-9]{0,16}'), `"${first}" ${tailAtLeast(digits.slice(1))}`])})`;
}

function tailAtMost(digits: string): string {
  if (digits === '') return '"0"{0,4}';
  const [first = '0'] = digits;
  return `${union([digitClass(0, Number(first) - 1, '[0-9]{0,16}'), `"${first}" (${tailAtMost(digits.slice(1))})?`])}`;
}

function tailBetween(low: string, high: string): string {
  const [first = '', last = ''] = [low[0], high[0]];
  if (first === '') return '"0"{0,4}';
  if (first === last) return `"${first}" (${tailBetween(low.slice(1), high.slice(1))})`;
  return `${union([
    `"${first}" ${tailAtLeast(low.slice(1).replace(/0+$/, ''))}`,
    digitClass(Number(first) + 1, Number(last) - 1, '[0-9]{0,16}'),
    `"${last}" (${tailAtMost(high.slice(1).replace(/0+$/, ''))})?`,
  ])}`;
}

/** Numbers of as many digits as both bounds. */
function sameLength(from: string, to: string): string | null {
  const [first = '', last = ''] = [from[0], to[0]];
  const rest = from.length - 1;
  if (first === last) return rest === 0 ? `"${first}"` : `"${first}" (${sameLength(from.slice(1), to.slice(1))})`;
  const any = rest === 0 ? '' : `[0-9]{${rest}}`;
  if (/^0*$/.test(from.slice(1)) && /^9*$/.test(to.slice(1))) return digitClass(Number(first), Number(last), any);
  return union([
    `"${first}" (${sameLength(from.slice(1), '9'.repeat(rest))})`,
    digitClass(Number(first) + 1, Number(last) - 1, any),
    `"${last}" (${sameLength('0'.repeat(rest), to.slice(1))})`,
  ]);
}

function digitClass(first: number, last: number, then: string): string | null {
  return first > last ? null : `[${first}-${last}] ${then}`.trim();
}

function union(bodies: readonly (string | null)[]): string | null {
  const possible = bodies.filter((body) => body !== null);
  return possible.length === 0 ? null : possible.join(' | ');
}
