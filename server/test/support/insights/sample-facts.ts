import type { Fact, Label } from '../../../src/models/insight.ts';
import type { Random } from './random.ts';

export type SampleFacts = Record<string, Fact>;

/** A level before, one after, and what lies between them, under those names. */
export function moved(
  random: Random,
  {
    from,
    to,
    percent: relative = 'change_pct',
    difference,
  }: Record<'from' | 'to', string> & { percent?: string; difference?: string },
): SampleFacts {
  const before = amount(random);
  const after = before * (1 + signed(random, 0.8));
  return {
    [relative]: percent((100 * (after - before)) / before),
    [from]: money(before),
    [to]: money(after),
    ...(difference === undefined ? {} : { [difference]: money(after - before) }),
  };
}

export function shared(random: Random): SampleFacts {
  const change = signed(random, 90_000);
  const share = 0.4 + random.uniform() * 0.8;
  const relative = { change_pct: percent(change / 3000), share_pct: percent(100 * share) };
  return { change: money(change), part: money(change * share), ...relative };
}

export function effects(random: Random): SampleFacts {
  const previous = 10 + random.uniform() * 10;
  const [rate, mix] = [signed(random, 6), signed(random, 3)];
  return {
    change: percent(rate + mix),
    rate_effect: percent(rate),
    mix_effect: percent(mix),
    current: percent(previous + rate + mix),
    previous: percent(previous),
  };
}

export function apart(random: Random): SampleFacts {
  const lowest = amount(random);
  const ratio = 1.05 + random.uniform() * 2;
  return { highest: money(lowest * ratio), lowest: money(lowest), difference_pct: percent(100 * (ratio - 1)) };
}

export const amount = (random: Random): number => 100 + random.uniform() * 99_900;
export const signed = (random: Random, size: number): number =>
  (random.uniform() < 0.5 ? -1 : 1) * (0.05 + random.uniform() * 0.9) * size;
export const number = (value: number, unit: string | null): Fact => ({
  value: value.toFixed(3),
  unit,
  evidence: 'e1',
  from: { pointer: '/rows/0/1' },
});
export const percent = (value: number): Fact => number(value, '%');
export const money = (value: number): Fact => ({ ...number(value, 'BRL'), value: value.toFixed(2) });
export const count = (value: number): Fact => ({ ...number(value, 'count'), value: `${value}` });
export const member = (text: string): Label => ({ kind: 'value', text, column: 'regiao' });
export const month = (start: string): Label => ({ kind: 'period', start, grain: 'month' });
