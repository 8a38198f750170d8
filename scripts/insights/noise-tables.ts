import { channels, money, months, monthlyTable, regions, rowNoise, type Row } from './monthly-table.ts';
import { createRandomValues, type RandomValues } from './random-values.ts';

export const noiseKinds = ['normal', 'heavy-tailed', 'autoregressive'] as const;
export type NoiseKind = (typeof noiseKinds)[number];

/** How much of itself a series remembers from month to month. */
const memory = 0.6;

/** A table of two measures and two dimensions in which nothing is to be found. */
export function noiseTable(kind: NoiseKind, seed: number): Row[] {
  const random = createRandomValues(seed);
  const [revenue, cost] = [createNoise(kind, random), createNoise(kind, random)];
  return monthlyTable((place) => ({
    receita: money(100 * (1 + rowNoise * revenue(place))),
    custo: money(60 * (1 + rowNoise * cost(place))),
  }));
}

function createNoise(
  kind: NoiseKind,
  random: RandomValues,
): (place: { month: number; region: number; channel: number }) => number {
  if (kind === 'normal') return random.normal;
  if (kind === 'heavy-tailed') return random.heavy;
  const levels = regions.map(() => channels.map(() => autoregressive(random)));
  return ({ month, region, channel }) => levels[region]?.[channel]?.[month] ?? 0;
}

/** A stationary series of variance one. */
function autoregressive(random: RandomValues): number[] {
  let value = random.normal();
  return Array.from({ length: months }, () => {
    value = memory * value + Math.sqrt(1 - memory ** 2) * random.normal();
    return value;
  });
}
