import { describe, expect, it } from 'vitest';
import { eventsOf, type Effect, type Event } from '../../../src/core/insights/findings/events.ts';

const sul = [{ column: 'regiao', value: 'Sul' }];
const norte = [{ column: 'regiao', value: 'Norte' }];
const cafe = [{ column: 'produto', value: 'Café' }];
const strikingPct = 50;

describe('effects of one event', () => {
  it('are the whole, and the two dimensions, when coffee falls in the South', () => {
    const events = told([
      effect({ filters: [], amount: -100, relative: -8, share: 1 }),
      effect({ filters: sul, amount: -95, relative: -40, share: 0.2 }),
      effect({ filters: cafe, amount: -98, relative: -20, share: 0.4 }),
    ]);
    expect(new Set(topicsOf(events)).size).toBe(1);
  });

  it('are all members when all move as the whole does', () => {
    const events = told([
      effect({ filters: [], amount: -100, relative: -10, share: 1 }),
      effect({ filters: sul, amount: -55, relative: -11, share: 0.5 }),
      effect({ filters: norte, amount: -45, relative: -9, share: 0.5 }),
    ]);
    expect(new Set(topicsOf(events)).size).toBe(1);
  });

  it('are not two members of one dimension that fall by themselves', () => {
    const [first, second] = told([
      effect({ filters: sul, amount: -50, relative: -40 }),
      effect({ filters: norte, amount: -50, relative: -40 }),
    ]);
    expect(first?.topic).not.toBe(second?.topic);
  });

  it.each([{ measure: 'custo' }, { amount: 100 }, { at: 7 }])(
    'are not those of another measure, direction or time: %o',
    (other) => {
      const [first, second] = told([effect({ filters: [] }), effect({ filters: sul, ...other })]);
      expect(first?.topic).not.toBe(second?.topic);
    },
  );

  it('are one, though the whole seems to have its step elsewhere, where few made most of it', () => {
    const whole = effect({ filters: [], amount: 100, relative: 25, at: 14, share: 1 });
    const few = effect({ filters: cafe, amount: 95, relative: 80, at: 18, share: 0.3 });
    const at = (amount: number, relative: number): Effect => ({ ...few, seenAt: () => ({ amount, relative }) });
    expect(new Set(topicsOf(told([whole, at(70, 60)]))).size).toBe(1);
    expect(new Set(topicsOf(told([whole, at(10, 8)]))).size).toBe(2);
  });
});

describe('what is told of an effect', () => {
  it('is where it comes from, not where most of it is seen', () => {
    const [whole, source, mirror] = told([
      effect({ filters: [], amount: 100, relative: 35, share: 1 }),
      effect({ filters: norte, amount: 60, relative: 140, share: 0.19 }),
      effect({ filters: cafe, amount: 50, relative: 48, share: 0.41 }),
    ]);
    expect(whole?.own).toBe(35);
    expect(mirror?.own).toBeCloseTo(48 - (35 - 0.41 * 48) / 0.59, 9);
    expect(source?.weight).toBeGreaterThan(mirror?.weight ?? 0);
  });

  it('is nothing where the rest did as much', () => {
    const [, same, less] = told([
      effect({ filters: [], relative: -30, share: 1 }),
      effect({ filters: sul, relative: -30, share: 0.5 }),
      effect({ filters: norte, relative: -10, share: 0.5 }),
    ]);
    expect([same?.own, same?.strength, less?.own].map((own = Number.NaN) => Math.abs(own))).toEqual([0, 0, 0]);
  });

  it('is all of it where the rest did nothing, went the other way, or did it at another time', () => {
    const own = (parts: Partial<Effect>): number | undefined =>
      told([effect({ filters: [], share: 1, ...parts }), effect({ filters: sul, relative: -40, share: 0.2 })])[1]?.own;
    expect(own({ relative: -8 })).toBe(-40);
    expect(own({ relative: 20 })).toBe(-40);
    expect(own({ relative: -60, at: 9 })).toBe(-40);
  });
});

const told = (effects: readonly Effect[]): Event[] =>
  eventsOf(effects, (percent) => Math.min(1, Math.abs(percent) / strikingPct));

const topicsOf = (events: readonly Event[]): string[] => events.map(({ topic }) => topic);

function effect(parts: Partial<Effect>): Effect {
  return { measure: 'receita', filters: [], share: 0.5, at: 0, amount: -100, relative: -20, ...parts };
}
