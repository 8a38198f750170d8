import { quoteText } from '../../../../models/sql.ts';
import type { NumberHints } from '../staged-table.ts';

/** A way of writing numbers, which all values of a column have. */
export interface NumberForm {
  /** For a whole value, in RE2 and in JavaScript. */
  pattern: string;
  /** SQL that makes plain decimals (`-1234.56`) of a value in this form. */
  plain(value: string): string;
  /** SQL that makes plain decimals of a value that has nothing to be left out: neither thousands nor signs but minus. */
  plainIfBare(value: string): string;
  /** A zero in front of digits tells that they are no number. */
  mindsLeadingZeros: boolean;
  /** Its numbers may have more digits than decimals have. */
  isInexact: boolean;
}

/** In the order in which they are tried. */
export function numberForms(decimal: '.' | ',', { decimal: said, thousands }: NumberHints): NumberForm[] {
  const decimals = said === undefined ? [decimal, decimal === '.' ? ',' : '.'] : [said];
  const separators = decimals.map((mark) => ({ mark, group: thousands ?? (mark === ',' ? '.' : ',') }));
  return ['bare' as const, 'currency' as const, 'percent' as const].flatMap((sign) =>
    separators.map((separator) => numberForm(separator, sign)),
  );
}

const currency = String.raw`(?:R\$|US\$|\$|€|£)`;

interface Separators {
  /** Between whole and fraction. */
  mark: string;
  /** Between thousands. */
  group: string;
}

function numberForm({ mark, group }: Separators, sign: 'bare' | 'currency' | 'percent'): NumberForm {
  const [inMark, inGroup] = [escaped(mark), escaped(group)];
  const whole = `(?:[0-9]{1,3}(?:${inGroup}[0-9]{3})+|[0-9]+)`;
  const digits = `(?:${whole}(?:${inMark}[0-9]+)?|${inMark}[0-9]+)`;
  const patterns = {
    bare: `[+-]?${digits}`,
    currency: `(?:[+-] ?)?${currency} ?[+-]?${digits}`,
    percent: `[+-]?${digits} ?%`,
  };
  const withPoint = (value: string): string => (mark === '.' ? value : `replace(${value}, ${quoteText(mark)}, '.')`);
  const removed = sign === 'bare' ? `+${group}` : `+${group}RUS$€£% `;
  return {
    pattern: patterns[sign],
    plain: (value) => withPoint(`translate(${value}, ${quoteText(removed)}, '')`),
    plainIfBare: withPoint,
    mindsLeadingZeros: sign === 'bare',
    isInexact: false,
  };
}

/** As programs write numbers that are not exact. */
export const doubleForm: NumberForm = {
  pattern: '[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]{1,3})?',
  plain: (value) => value,
  plainIfBare: (value) => value,
  mindsLeadingZeros: true,
  isInexact: true,
};

/** Values that are sure to be written with a comma, and with a point: no thousands look like them. */
export const decimalEvidence = {
  ',': String.raw`[^0-9]{0,5}[0-9.]*(?:[.][0-9]{3},[0-9]+|,(?:[0-9]{1,2}|[0-9]{4,})) ?%?`,
  '.': String.raw`[^0-9]{0,5}[0-9,]*(?:,[0-9]{3}[.][0-9]+|[.](?:[0-9]{1,2}|[0-9]{4,})) ?%?`,
};

function escaped(text: string): string {
  return text.replace(/[^0-9A-Za-z]/gu, String.raw`\$&`);
}
