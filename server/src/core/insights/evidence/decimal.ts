/** An exact decimal number: `units` × 10^-`scale`. */
export interface Decimal {
  units: bigint;
  scale: number;
}

const form = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Reads `-12.50` or `1e-7`; undefined for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole, fraction = '', exponent = '0'] = form.exec(text) ?? [];
  if (whole === undefined || Math.abs(Number(exponent)) > 400) return undefined;
  const digits = BigInt(`${sign ?? ''}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { units: digits, scale } : { units: digits * power(-scale), scale: 0 };
}

/** Without zeros at the end that say nothing, and never `-0`. */
export function formatDecimal({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export function add(first: Decimal, second: Decimal): Decimal {
  const scale = Math.max(first.scale, second.scale);
  return { units: rescale(first, scale) + rescale(second, scale), scale };
}

export const negate = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

export const subtract = (first: Decimal, second: Decimal): Decimal => add(first, negate(second));

export const magnitude = ({ units, scale }: Decimal): Decimal => ({ units: units < 0n ? -units : units, scale });

export function multiply(first: Decimal, second: Decimal): Decimal {
  return { units: first.units * second.units, scale: first.scale + second.scale };
}

/** Rounded half to even at `digits` after the point; undefined for division by zero. */
export function divide(dividend: Decimal, divisor: Decimal, digits: number): Decimal | undefined {
  if (divisor.units === 0n) return undefined;
  const numerator = dividend.units * power(divisor.scale + digits);
  return { units: divideHalfEven(numerator, divisor.units * power(dividend.scale)), scale: digits };
}

/** Rounded half to even. */
export function round(value: Decimal, digits: number): Decimal {
  if (value.scale <= digits) return value;
  return { units: divideHalfEven(value.units, power(value.scale - digits)), scale: digits };
}

/** Negative, 0 or positive, as sorting wants it. */
export function compare(first: Decimal, second: Decimal): number {
  const { units } = subtract(first, second);
  return units < 0n ? -1 : Number(units > 0n);
}

export const zero: Decimal = { units: 0n, scale: 0 };

/** The decimal that a floating-point number is written as, rounded; undefined for what is not finite. */
export function decimalOf(value: number, digits: number): Decimal | undefined {
  const exact = parseDecimal(String(value));
  return exact === undefined ? undefined : round(exact, digits);
}

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

const rescale = ({ units, scale }: Decimal, to: number): bigint => units * power(to - scale);

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const [top, bottom] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const quotient = top / bottom;
  const twice = (top % bottom) * 2n;
  const isUp = twice > bottom || (twice === bottom && quotient % 2n === 1n);
  const rounded = isUp ? quotient + 1n : quotient;
  return isNegative ? -rounded : rounded;
}
