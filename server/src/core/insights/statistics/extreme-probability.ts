import { studentLogDensity, studentTwoSided } from './distributions.ts';
import { robustDeviation, sum } from './order-statistics.ts';

/** How heavy tails may be: degrees of freedom of Student's distribution, the last one as good as normal. */
const tails = [2, 3, 4, 6, 10, 20, 100];
const scaleSteps = 12;
/** Log-likelihood that heavier tails must gain before they are believed instead of lighter ones. */
const evidenceForHeavierTails = 1;

export interface ExtremeProbability {
  /** That the largest of as many values is so far out by chance. */
  p: number;
  /** Tails so heavy that what is extreme need not be wrong. */
  isHeavyTailed: boolean;
}

/**
 * How likely a deviation is, when `others` are deviations of the same kind around zero, and it is the largest of `tries`.
 * Fixed limits (3 or 5 deviations) raise false alarms wherever tails are heavier than normal ones, so tails and scale are
 * fitted to the others by maximum likelihood (Lange, Little and Taylor, 1989); of tails that explain them about as well the
 * lightest are taken. null where the others do not vary.
 */
export function extremeProbability(
  deviation: number,
  { others, tries }: { others: readonly number[]; tries: number },
): ExtremeProbability | null {
  if (others.length < 5 || !(robustDeviation(others) > 0)) return null;
  const fits = tails.map((degrees) => fitScale(others, degrees));
  const best = Math.max(...fits.map(({ likelihood }) => likelihood));
  const fit = fits.findLast(({ likelihood }) => likelihood >= best - evidenceForHeavierTails);
  if (fit === undefined) return null;
  // A scale known from n values is itself uncertain: as in a prediction, no tails are lighter than those of n - 1.
  const degrees = Math.min(fit.degrees, others.length - 1);
  const single = studentTwoSided(deviation / (fit.scale * Math.sqrt(1 + 1 / others.length)), degrees);
  return { p: -Math.expm1(tries * Math.log1p(-Math.min(single, 1 - 1e-16))), isHeavyTailed: fit.degrees <= 4 };
}

/** The scale of Student's distribution with most likelihood, by iterated weights (the EM algorithm). */
function fitScale(values: readonly number[], degrees: number): { degrees: number; scale: number; likelihood: number } {
  let variance = robustDeviation(values) ** 2;
  for (let step = 0; step < scaleSteps; step++) {
    const weighted = values.map((value) => ((degrees + 1) * value * value) / (degrees + (value * value) / variance));
    variance = sum(weighted) / values.length;
  }
  const scale = Math.sqrt(variance);
  return { degrees, scale, likelihood: sum(values.map((value) => studentLogDensity(value, { degrees, scale }))) };
}
