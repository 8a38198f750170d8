import { wordsOfName } from './column-words.ts';

const signs: readonly [RegExp, string][] = [
  [/R\$/i, 'BRL'],
  [/US\$/i, 'USD'],
  [/€/, 'EUR'],
  [/£/, 'GBP'],
  [/%/, '%'],
  [/°\s?C/i, '°C'],
];

const words: Readonly<Record<string, string>> = {
  brl: 'BRL',
  reais: 'BRL',
  usd: 'USD',
  dolares: 'USD',
  eur: 'EUR',
  euros: 'EUR',
  gbp: 'GBP',
  percentual: '%',
  percent: '%',
  porcentagem: '%',
  percentage: '%',
  pct: '%',
  perc: '%',
  kg: 'kg',
  quilos: 'kg',
  ton: 't',
  toneladas: 't',
  km: 'km',
  m2: 'm²',
  litros: 'L',
  liters: 'L',
  kwh: 'kWh',
  mwh: 'MWh',
  horas: 'h',
  hours: 'h',
  minutos: 'min',
  minutes: 'min',
  segundos: 's',
  seconds: 's',
  ms: 'ms',
  dias: 'd',
  days: 'd',
  celsius: '°C',
};

/** The unit that the name of a column tells; null: it tells none. */
export function unitOfName(name: string, { greatest }: { greatest: string | null }): string | null {
  const sign = signs.find(([form]) => form.test(name))?.[1];
  if (sign !== undefined) return sign;
  const unit = wordsOfName(name).flatMap((word) => words[word] ?? [])[0] ?? null;
  // A share of 0 to 1 is called a percentage too, and is none.
  return unit === '%' && Number(greatest) <= 1 ? null : unit;
}
