/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const madToDeviation = 1.482602218505602;

/** Ascending, as a copy. */
export function sorted(values: readonly number[]): number[] {
  return [...Float64Array.from(values).toSorted()];
}

/** Between the two middle values where their number is even; NaN of nothing. */
export function median(values: readonly number[]): number {
  const ascending = sorted(values);
  const middle = ascending.length / 2;
  if (ascending.length === 0) return Number.NaN;
  const upper = ascending[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (ascending[middle - 1] ?? Number.NaN)) / 2 : upper;
}

/** The median absolute deviation, scaled so that it estimates a standard deviation. */
export function robustDeviation(values: readonly number[]): number {
  const center = median(values);
  return madToDeviation * median(values.map((value) => Math.abs(value - center)));
}

/**
 * Iglewicz and Hoaglin's modified z (1993): 0.6745 (x - median) / MAD. null where more than half of the values are the
 * same, because then every other value would be infinitely far away.
 */
export function modifiedZ(values: readonly number[]): number[] | null {
  const center = median(values);
  const deviation = robustDeviation(values);
  return deviation > 0 ? values.map((value) => (value - center) / deviation) : null;
}

/** Ranks from 1; equal values share the mean of their ranks. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = Array.from<number>({ length: values.length }).fill(0);
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let index = start; index < end; index++) result[order[index] ?? 0] = (start + end + 1) / 2;
    start = end;
  }
  return result;
}

/** Σ (t³ - t) over the groups of equal values: what tests on ranks correct for. */
export function tieSum(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return sum([...counts.values()].map((count) => count ** 3 - count));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
