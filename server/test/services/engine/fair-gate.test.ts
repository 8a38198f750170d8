import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { FairGate } from '../../../src/services/engine/fair-gate.ts';

const never = new AbortController().signal;

function setUp({ queue = 2, capacity = 1 }: { queue?: number; capacity?: number } = {}) {
  const clock = { now: 0 };
  const gate = new FairGate({ queue, now: () => clock.now });
  gate.open(capacity);
  return { gate, clock };
}

describe('fair gate', () => {
  it('lets calls in one after the other, in order', async () => {
    const { gate } = setUp();
    const order: number[] = [];
    const release = await gate.enter(never);
    const second = gate.enter(never).then((leave) => (order.push(2), leave));
    const third = gate.enter(never).then((leave) => (order.push(3), leave));
    expect(gate).toMatchObject({ busy: 1, waiting: 2 });
    release();
    (await second)();
    (await third)();
    expect(order).toEqual([2, 3]);
    expect(gate).toMatchObject({ busy: 0, waiting: 0 });
  });

  it('gives a place back once, however often it is told', async () => {
    const { gate } = setUp({ capacity: 2 });
    const release = await gate.enter(never);
    await gate.enter(never);
    release();
    release();
    expect(gate.busy).toBe(1);
  });

  it('refuses beyond its queue, and estimates the wait from how long calls took', async () => {
    const { gate, clock } = setUp({ queue: 1 });
    for (let call = 0; call < 40; call++) {
      const release = await gate.enter(never);
      clock.now += 5000;
      release();
    }
    await gate.enter(never);
    void gate.enter(never);
    const refused = gate.enter(never);
    await expect(refused).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 10 });
  });

  it('forgets a call that leaves while it waits', async () => {
    const { gate } = setUp();
    const release = await gate.enter(never);
    const abort = new AbortController();
    const left = gate.enter(abort.signal);
    abort.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(gate.waiting).toBe(0);
    release();
    expect(gate.busy).toBe(0);
    await expect(gate.enter(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('keeps calls waiting while it is closed, and turns them away when told to', async () => {
    const { gate } = setUp();
    gate.close();
    const kept = gate.enter(never);
    gate.open(1);
    (await kept)();
    gate.close();
    const refused = gate.enter(never);
    gate.refuse(new AppError('model_unavailable'));
    await expect(refused).rejects.toMatchObject({ code: 'model_unavailable' });
  });
});
