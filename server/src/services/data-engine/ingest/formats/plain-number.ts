/** Beyond it, a number in plain decimals would be mostly zeros. */
const longestShift = 30;

/** A number without its exponent, if that is small: `1.5e3` is `1500`. No digit is lost. */
export function plainNumber(text: string): string {
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?[eE]([+-]?[0-9]+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent] = parts;
  const shift = Number(exponent);
  if (Math.abs(shift) > longestShift) return text;
  const digits = `${'0'.repeat(Math.max(0, -shift))}${whole}${fraction.padEnd(shift, '0')}`;
  const point = digits.length - Math.max(0, fraction.length - shift);
  const tail = digits.slice(point).replace(/0+$/, '');
  return `${sign}${digits.slice(0, point).replace(/^0+(?=[0-9])/, '') || '0'}${tail === '' ? '' : `.${tail}`}`;
}
