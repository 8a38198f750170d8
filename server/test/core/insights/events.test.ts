import { describe, expect, it } from 'vitest';
import { topicsOf, type Effect } from '../../../src/core/insights/events.ts';

const sul = [{ column: 'regiao', value: 'Sul' }];
const norte = [{ column: 'regiao', value: 'Norte' }];
const cafe = [{ column: 'produto', value: 'Café' }];

describe('effects of one event', () => {
  it('are the whole, and the two dimensions, when coffee falls in the South', () => {
    const topics = topicsOf([
      effect({ filters: [], amount: -100, relative: -0.08, weight: 1 }),
      effect({ filters: sul, amount: -95, relative: -0.4, weight: 3 }),
      effect({ filters: cafe, amount: -98, relative: -0.2, weight: 2 }),
    ]);
    expect(new Set(topics).size).toBe(1);
  });

  it('are all members when all move as the whole does', () => {
    const topics = topicsOf([
      effect({ filters: [], amount: -100, relative: -0.1, weight: 2 }),
      effect({ filters: sul, amount: -55, relative: -0.11 }),
      effect({ filters: norte, amount: -45, relative: -0.09 }),
    ]);
    expect(new Set(topics).size).toBe(1);
  });

  it('are not two members of one dimension that fall by themselves', () => {
    const [first, second] = topicsOf([
      effect({ filters: sul, amount: -50, relative: -0.4 }),
      effect({ filters: norte, amount: -50, relative: -0.4 }),
    ]);
    expect(first).not.toBe(second);
  });

  it.each([{ measure: 'custo' }, { amount: 100 }, { at: 7 }])(
    'are not those of another measure, direction or time: %o',
    (other) => {
      const [first, second] = topicsOf([effect({ filters: [] }), effect({ filters: sul, ...other })]);
      expect(first).not.toBe(second);
    },
  );
});

function effect(parts: Partial<Effect>): Effect {
  return { measure: 'receita', filters: [], at: 0, amount: -100, relative: -0.2, weight: 1, ...parts };
}
