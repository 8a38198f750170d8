import { describe, expect, it } from 'vitest';
import { KeepAlive } from '../../../src/services/engine/llama/keep-alive.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const minute = 60_000;

function setUp({ isPermanent = false } = {}) {
  const clock = createManualClock();
  const expired: number[] = [];
  const keepAlive = new KeepAlive({ clock, isPermanent, expire: () => expired.push(clock.now()) });
  const startedAt = clock.now();
  return { clock, keepAlive, expiredAfter: () => expired.map((at) => at - startedAt) };
}

describe('keep alive', () => {
  it('lasts five minutes from the last use', () => {
    const { clock, keepAlive, expiredAfter } = setUp();
    keepAlive.start();
    clock.advance(4 * minute);
    keepAlive.stop();
    clock.advance(60 * minute);
    expect(expiredAfter()).toEqual([]);
    keepAlive.start();
    expect(keepAlive.expiresAt).toEqual(new Date(clock.now() + 5 * minute));
    expect(keepAlive.isOver).toBe(false);
    clock.advance(5 * minute);
    expect(expiredAfter()).toEqual([69 * minute]);
    expect(keepAlive.isOver).toBe(true);
  });

  it('lasts as long as the last call that said so wants', () => {
    const { clock, keepAlive, expiredAfter } = setUp();
    keepAlive.set(minute);
    keepAlive.set(null);
    keepAlive.start();
    clock.advance(2 * minute);
    expect(expiredAfter()).toEqual([minute]);
  });

  it('is over at once when it is 0, and never when it is infinite', () => {
    const { clock, keepAlive, expiredAfter } = setUp();
    keepAlive.set(Infinity);
    keepAlive.start();
    expect(keepAlive.expiresAt).toBeNull();
    clock.advance(1e12);
    expect(expiredAfter()).toEqual([]);
    keepAlive.set(0);
    keepAlive.start();
    expect(expiredAfter()).toEqual([1e12]);
  });

  it('may be longer than a timer can be', () => {
    const { clock, keepAlive, expiredAfter } = setUp();
    const year = 365 * 24 * 60 * minute;
    keepAlive.set(year);
    keepAlive.start();
    clock.advance(year - 1);
    expect(expiredAfter()).toEqual([]);
    clock.advance(1);
    expect(expiredAfter()).toEqual([year]);
  });

  it('of a model that is always wanted ends only when it is given up', () => {
    const { clock, keepAlive, expiredAfter } = setUp({ isPermanent: true });
    keepAlive.set(0);
    keepAlive.start();
    expect(keepAlive.expiresAt).toBeNull();
    clock.advance(60 * minute);
    expect(expiredAfter()).toEqual([]);
    keepAlive.giveUp();
    keepAlive.start();
    expect(expiredAfter()).toEqual([60 * minute]);
  });
});
