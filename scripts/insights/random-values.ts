import { createRandom } from '@billumy/server/services/trainer/local/run/random';

export interface RandomValues {
  /** From 0 to 1. */
  uniform(): number;
  normal(): number;
  /** Student's t with three degrees of freedom, scaled to a variance of one: wild extremes. */
  heavy(): number;
  /** From 0 to `limit` - 1. */
  below(limit: number): number;
}

export function createRandomValues(seed: number): RandomValues {
  const uniform = createRandom(Math.imul(seed + 1, 0x9e3779b1));
  // Source: Box and Muller (1958)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    normal,
    heavy: () => normal() / Math.sqrt(normal() ** 2 + normal() ** 2 + normal() ** 2),
    below: (limit) => Math.floor(uniform() * limit),
  };
}
