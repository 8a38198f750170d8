const precision = 1e-15;
const tiny = 1e-300;
const mostTerms = 500;

// Lanczos's approximation with g = 7 and nine coefficients (DLMF 5.11; error below 1e-15).
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = lanczos[0] ?? 0;
  for (let index = 1; index < lanczos.length; index++) sum += (lanczos[index] ?? 0) / (shifted + index);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Q(a, x) = Γ(a, x) / Γ(a): the series of DLMF 8.7.1 below a + 1, above it the continued fraction of DLMF 8.9.2. */
export function regularizedUpperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let index = 1; index < mostTerms && term > sum * precision; index++) {
      term *= x / (a + index);
      sum += term;
    }
    return Math.max(0, 1 - factor * sum);
  }
  const fraction = continuedFraction(
    x + 1 - a,
    (index) => -index * (index - a),
    (index) => x + 2 * index + 1 - a,
  );
  return Math.min(1, factor / fraction);
}

/** I_x(a, b), by the continued fraction of DLMF 8.17.22. */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(1 - x, b, a);
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
  const coefficient = (index: number): number => {
    const half = Math.floor(index / 2);
    return index % 2 === 0
      ? (half * (b - half) * x) / ((a + 2 * half - 1) * (a + 2 * half))
      : (-(a + half) * (a + b + half) * x) / ((a + 2 * half) * (a + 2 * half + 1));
  };
  return factor / continuedFraction(1, coefficient, () => 1);
}

/** b0 + a1 / (b1 + a2 / (b2 + …)), by the method of Lentz as Thompson and Barnett modified it (1986). */
function continuedFraction(
  start: number,
  numerator: (index: number) => number,
  denominator: (index: number) => number,
): number {
  let value = start === 0 ? tiny : start;
  let upper = value;
  let lower = 0;
  for (let index = 1; index < mostTerms; index++) {
    const a = numerator(index);
    const b = denominator(index);
    lower = 1 / awayFromZero(b + a * lower);
    upper = awayFromZero(b + a / upper);
    value *= upper * lower;
    if (Math.abs(upper * lower - 1) < precision) break;
  }
  return value;
}

const awayFromZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
