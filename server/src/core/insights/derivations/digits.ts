import { decimalOf, divide, multiply, type Decimal } from '../evidence/decimal.ts';

/** Digits after the point that a computed number keeps; rounding for people comes later, once. */
const keptDigits = 6;

const hundred: Decimal = { units: 100n, scale: 0 };

/** `part` in percent of `whole`; undefined when the whole is nothing. */
export function percentOf(part: Decimal, whole: Decimal): Decimal | undefined {
  return divide(multiply(part, hundred), whole, keptDigits);
}

export const quotient = (dividend: Decimal, divisor: Decimal): Decimal | undefined =>
  divide(dividend, divisor, keptDigits);

/** A number of statistics; undefined when it is not finite. */
export const kept = (value: number): Decimal | undefined => decimalOf(value, keptDigits);

export const whole = (value: number): Decimal => ({ units: BigInt(value), scale: 0 });
