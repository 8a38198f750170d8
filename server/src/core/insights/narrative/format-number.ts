import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Language } from '../../../models/language.ts';
import { cleanName } from './clean-name.ts';

export interface NumberStyle {
  unit: string | null;
  language: Language;
  /** `plain` shows a minus only, `signed` a plus too, `size` neither. */
  sign: 'plain' | 'signed' | 'size';
}

const locales: Readonly<Record<Language, string>> = { pt: 'pt-BR', en: 'en-US' };
const currencySymbols: Readonly<Record<string, string>> = { R$: 'BRL', US$: 'USD', '€': 'EUR', '£': 'GBP' };
const currencies = new Set(Intl.supportedValuesOf('currency'));
const longestUnit = 16;
/** From here on what follows the decimal mark says nothing. */
const withoutFractionFrom = 1000;

/**
 * A decimal string as it is read in that language, exact but for the rounding: half to even, to as many digits as a reader
 * can use. What is not zero never becomes zero by rounding, counts apart.
 */
export function formatNumber(value: string, { unit, language, sign }: NumberStyle): string {
  const shown = sign === 'size' ? value.replace(/^-/, '') : value;
  if (!isDecimal(shown)) throw new AppError('internal', { detail: told`A fact is not a decimal number.` });
  const format = formatFor(language, {
    ...digitsFor(Math.abs(Number(shown)), unit),
    roundingMode: 'halfEven',
    signDisplay: sign === 'signed' ? 'exceptZero' : 'negative',
  });
  return withUnit(format.format(shown), unit);
}

// Making one takes longer than many uses of it; there are few, for the currencies are.
const formats = new Map<string, Intl.NumberFormat>();

function formatFor(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([language, options]);
  const format = formats.get(key) ?? new Intl.NumberFormat(locales[language], options);
  formats.set(key, format);
  return format;
}

function isDecimal(value: string): value is `${number}` {
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value);
}

function digitsFor(size: number, unit: string | null): Intl.NumberFormatOptions {
  if (unit === 'count') return { maximumFractionDigits: 0 };
  const currency = currencyOf(unit);
  const style: Intl.NumberFormatOptions = currency === null ? {} : { style: 'currency', currency };
  if (size >= withoutFractionFrom) return { ...style, maximumFractionDigits: 0 };
  if (currency !== null) return size === 0 || size >= 0.01 ? style : { ...style, maximumSignificantDigits: 2 };
  if (unit === '%') return size === 0 || size >= 0.1 ? { maximumFractionDigits: 1 } : { maximumSignificantDigits: 2 };
  return size >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 };
}

function withUnit(number: string, unit: string | null): string {
  if (unit === null || unit === 'count' || currencyOf(unit) !== null) return number;
  if (unit === '%') return `${number}%`;
  const name = cleanName(unit, longestUnit);
  return name === '' ? number : `${number}\u00a0${name}`;
}

function currencyOf(unit: string | null): string | null {
  if (unit === null) return null;
  const code = Object.hasOwn(currencySymbols, unit) ? (currencySymbols[unit] ?? unit) : unit;
  return currencies.has(code) ? code : null;
}
