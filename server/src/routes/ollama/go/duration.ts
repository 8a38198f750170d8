import { quote } from './quote.ts';

const unitMs: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);
const amountAndUnit = /(\d*)(?:\.(\d*))?([^\d.]*)/y;
/** Go counts nanoseconds in 63 bits. */
const longestMs = 2 ** 63 / 1e6;

/** Milliseconds of a duration such as `-1.5h` or `1m30s`, as Go's `time.ParseDuration`; throws `TypeError` in its words. */
export function parseDuration(text: string): number {
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  const unsigned = text.slice(sign.length);
  if (unsigned === '0') return 0;
  if (unsigned === '') throw invalid(text);
  let total = 0;
  amountAndUnit.lastIndex = 0;
  while (amountAndUnit.lastIndex < unsigned.length) {
    const [, whole = '', fraction = '', unit = ''] = amountAndUnit.exec(unsigned) ?? [];
    if (whole + fraction === '') throw invalid(text);
    if (unit === '') throw new TypeError(`time: missing unit in duration ${quote(text)}`);
    const milliseconds = unitMs.get(unit);
    if (milliseconds === undefined) throw new TypeError(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    total += Number(`${whole}.${fraction}0`) * milliseconds;
  }
  if (total >= longestMs) throw invalid(text);
  return sign === '-' ? -total : total;
}

/** How long something is kept, as Ollama takes it: Infinity for what is negative, or more than Go can count. */
export function keptMs(milliseconds: number): number {
  return milliseconds < 0 || milliseconds >= longestMs ? Infinity : milliseconds;
}

function invalid(text: string): TypeError {
  return new TypeError(`time: invalid duration ${quote(text)}`);
}
