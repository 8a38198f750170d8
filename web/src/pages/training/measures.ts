/** Whether the limit of a measure is the most or the least that it may be. */
export function limitKind(name: string): 'atMost' | 'atLeast' {
  return name === 'retrieval' || name === 'taughtExact' ? 'atLeast' : 'atMost';
}

/** A measure of the gate as a person reads it: shares as percent, losses with three digits. */
export function formatMeasure(name: string, value: number, locale: string): string {
  return new Intl.NumberFormat(locale, formats[name] ?? lossFormat).format(value);
}

const lossFormat: Intl.NumberFormatOptions = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
const formats: Readonly<Record<string, Intl.NumberFormatOptions>> = {
  taughtExact: { style: 'percent', maximumFractionDigits: 0 },
  heldOutExact: { style: 'percent', maximumFractionDigits: 0 },
  retrieval: { maximumFractionDigits: 0 },
};
