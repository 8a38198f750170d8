import { createRandom as createUniform } from '../../../src/services/trainer/local/run/random.ts';

/** Choices that a seed determines. */
export interface Random {
  /** From 0 to 1. */
  uniform(): number;
  /** From 0 to `limit` - 1. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function createRandom(seed: number): Random {
  const uniform = createUniform(seed);
  const below = (limit: number): number => Math.floor(uniform() * limit);
  return {
    uniform,
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
