/** Adjusted p-values in the order given, by the step-up procedure of Benjamini and Hochberg (1995). */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).toSorted((a, b) => (ps[b] ?? 0) - (ps[a] ?? 0));
  const adjusted = Array.from<number>({ length: ps.length }).fill(1);
  let smallest = 1;
  for (const [place, index] of order.entries()) {
    smallest = Math.min(smallest, ((ps[index] ?? 1) * ps.length) / (ps.length - place));
    adjusted[index] = smallest;
  }
  return adjusted;
}
