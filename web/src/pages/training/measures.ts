/** Whether the limit of a measure is the most or the least that it may be. */
export function limitKind(name: string): 'atMost' | 'atLeast' {
  return name === 'retrieval' ? 'atLeast' : 'atMost';
}

/** A measure of the gate as a person reads it: shares as percent, losses with three digits. */
export function formatMeasure(name: string, value: number, locale: string): string {
  if (name === 'heldOutExact') {
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value);
  }
  return new Intl.NumberFormat(locale, { maximumFractionDigits: name === 'retrieval' ? 0 : 3 }).format(value);
}
