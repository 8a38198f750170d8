import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimitMirror, type KnownWindow } from '../../src/services/rate-limits/limit-mirror.ts';

const rule = { limit: 10, windowMs: 60_000 };

function setUp({ maxNames = 100 } = {}) {
  let clock = 0;
  let windows = 0;
  const mirror = createLimitMirror({ now: () => clock, newWindowId: () => `own:${(windows += 1)}`, maxNames });
  return {
    mirror,
    passTime: (milliseconds: number) => void (clock += milliseconds),
    take: (name: string, { cost = 1, services = 2, limit = 10 } = {}) =>
      mirror.takeAlone(name, { ...rule, limit }, { cost, services }),
    learn: (name: string, change: Partial<KnownWindow> = {}) =>
      mirror.learn(name, { id: 'w1', leftMs: 60_000, used: 0, own: 0, agreed: false, ...change }, mirror.tell(name)),
  };
}

describe('limits without Redis', () => {
  it('gives each of two services half of the limit', () => {
    const { take } = setUp();
    const allowed = Array.from({ length: 10 }, () => take('ana').allowed);
    expect(allowed.filter(Boolean)).toHaveLength(5);
    expect(take('ana')).toEqual({ allowed: false, remaining: 0, retryAfterMs: 3000 });
  });

  it('gives one service alone what is left of the whole limit', () => {
    const { take, learn } = setUp();
    learn('ana', { used: 6, own: 2 });
    expect(take('ana', { services: 1, cost: 4 })).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
  });

  it('counts what it used before, and never more than is left of all', () => {
    const { take, learn } = setUp();
    learn('ana', { used: 4, own: 3 });
    expect(take('ana', { cost: 3 })).toMatchObject({ allowed: false, remaining: 2 });
    learn('rui', { used: 9, own: 3 });
    expect(take('rui', { cost: 2 })).toMatchObject({ allowed: false, remaining: 1 });
    expect(take('rui')).toMatchObject({ allowed: true, remaining: 0 });
  });

  it('refuses for a few seconds when a share is nothing, until the window of Redis is over and beyond', () => {
    const { take, passTime } = setUp();
    expect(take('ana', { limit: 1 })).toEqual({ allowed: false, remaining: 0, retryAfterMs: 3000 });
    passTime(60_000);
    expect(take('ana', { limit: 1 }).allowed).toBe(false);
  });

  it('uses nothing of a window that it agreed to leave to Redis, and again something of the next', () => {
    const { mirror, take, learn, passTime } = setUp();
    mirror.agree('ana', { id: 'w1', leftMs: 60_000 });
    expect(take('ana').allowed).toBe(false);
    learn('ana', { used: 3 });
    expect(take('ana').allowed).toBe(false);
    passTime(60_000);
    expect(take('ana').allowed).toBe(true);
  });

  it('keeps to what it agreed to when an older answer arrives afterwards', () => {
    const { mirror, take } = setUp();
    const told = mirror.tell('ana');
    mirror.agree('ana', { id: 'w2', leftMs: 60_000 });
    const older = { leftMs: 60_000, used: 0, own: 0, agreed: false };
    mirror.learn('ana', { ...older, id: 'w1' }, told);
    expect(take('ana').allowed).toBe(false);
    mirror.learn('ana', { ...older, id: 'w3' }, mirror.tell('ana'));
    expect(take('ana').allowed).toBe(true);
  });

  it('tells Redis of its uses until Redis has heard of them', () => {
    const { mirror, take, learn } = setUp();
    learn('ana', { used: 2, own: 1 });
    take('ana');
    const told = mirror.tell('ana');
    take('ana', { cost: 2 });
    expect([told.unsent, mirror.tell('ana').unsent]).toEqual([1, 3]);
    mirror.learn('ana', { id: 'w1', leftMs: 60_000, used: 3, own: 2, agreed: false }, told);
    expect(mirror.tell('ana')).toMatchObject({ id: 'w1', own: 2, unsent: 2 });
  });

  it('refuses names it may have forgotten, and keeps those with uses to tell', () => {
    const { mirror, take, learn, passTime } = setUp({ maxNames: 2 });
    learn('first', { used: 10, own: 5, leftMs: 30_000 });
    take('second');
    take('third');
    expect(take('first')).toMatchObject({ allowed: false, remaining: 0 });
    expect(take('fourth')).toMatchObject({ allowed: false, remaining: 0 });
    passTime(30_000);
    // `second` has a use to tell, so it gives way to nobody.
    expect(take('fourth')).toMatchObject({ allowed: false, remaining: 0 });
    expect(mirror.tell('second').unsent).toBe(1);
    passTime(30_000);
    expect(take('fourth').allowed).toBe(true);
  });

  it('never refuses a cost that is left, so that charging what is left ends', () => {
    const takes = fc.array(
      fc.record({ name: fc.constantFrom('a', 'b', 'c'), cost: fc.nat(4), services: fc.integer({ min: 1, max: 4 }) }),
    );
    fc.assert(
      fc.property(takes, fc.nat(12), (list, limit) => {
        const { take } = setUp({ maxNames: 2 });
        for (const { name, ...how } of list) {
          const { allowed, remaining } = take(name, { ...how, limit });
          expect(allowed || remaining < Math.max(1, how.cost)).toBe(true);
        }
      }),
    );
  });
});
