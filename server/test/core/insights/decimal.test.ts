import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  decimalOf,
  divide,
  formatDecimal,
  parseDecimal,
  round,
  subtract,
  type Decimal,
} from '../../../src/core/insights/evidence/decimal.ts';

const decimal = (text: string): Decimal => parseDecimal(text)!;

describe('exact decimals', () => {
  it('add up where floating point does not', () => {
    expect(formatDecimal(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(formatDecimal(subtract(decimal('99999999999999999999.99'), decimal('0.01')))).toBe(
      '99999999999999999999.98',
    );
  });

  it.each([
    ['0.5', '0'],
    ['1.5', '2'],
    ['2.5', '2'],
    ['-2.5', '-2'],
    ['2.51', '3'],
    ['-0.4', '0'],
  ])('round %s half to even: %s', (text, rounded) => {
    expect(formatDecimal(round(decimal(text), 0))).toBe(rounded);
  });

  it('divide with as many digits as are wanted, and not by zero', () => {
    expect(formatDecimal(divide(decimal('1'), decimal('3'), 4)!)).toBe('0.3333');
    expect(formatDecimal(divide(decimal('-2'), decimal('0.03'), 2)!)).toBe('-66.67');
    expect(divide(decimal('1'), decimal('0'), 2)).toBeUndefined();
  });

  it('are read from how numbers are written, and from nothing else', () => {
    expect(formatDecimal(decimal('1e-7'))).toBe('0.0000001');
    expect(formatDecimal(decimal('1.5e+3'))).toBe('1500');
    expect(['', 'NaN', 'Infinity', '1,5', '0x10', ' 1', '1e9999'].map(parseDecimal)).toEqual(Array(7).fill(undefined));
    expect(decimalOf(Number.NaN, 2)).toBeUndefined();
  });

  it('are the same after they are written and read', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(20), (units, scale) => {
        expect(compare(decimal(formatDecimal({ units, scale })), { units, scale })).toBe(0);
      }),
    );
  });
});
