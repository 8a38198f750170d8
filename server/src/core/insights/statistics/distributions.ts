import { logGamma, regularizedBeta, regularizedUpperGamma } from './special-functions.ts';

/** P(|Z| > |z|) of the standard normal distribution; exact to about 1e-14, also far out. */
export function normalTwoSided(z: number): number {
  return regularizedUpperGamma(0.5, (z * z) / 2);
}

/** P(X > x) of the chi-square distribution. */
export function chiSquareTail(x: number, degrees: number): number {
  return x <= 0 ? 1 : regularizedUpperGamma(degrees / 2, x / 2);
}

/** P(|T| > |t|) of Student's distribution. */
export function studentTwoSided(t: number, degrees: number): number {
  return regularizedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** P(F > f) of Fisher and Snedecor's distribution. */
export function fisherTail(f: number, { between, within }: { between: number; within: number }): number {
  return f <= 0 ? 1 : regularizedBeta(within / (within + between * f), within / 2, between / 2);
}

/** Logarithm of the density of Student's distribution with a scale. */
export function studentLogDensity(value: number, { degrees, scale }: { degrees: number; scale: number }): number {
  const t = value / scale;
  return (
    logGamma((degrees + 1) / 2) -
    logGamma(degrees / 2) -
    0.5 * Math.log(degrees * Math.PI) -
    Math.log(scale) -
    ((degrees + 1) / 2) * Math.log1p((t * t) / degrees)
  );
}
