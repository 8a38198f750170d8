import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import type { Caller } from '../../../src/ports/engine.ts';
import { FairGate } from '../../../src/services/engine/fair-gate.ts';

const never = new AbortController().signal;

function setUp({ queue = 2, capacity = 1 }: { queue?: number; capacity?: number } = {}) {
  const clock = { now: 0 };
  const gate = new FairGate({ queue, now: () => clock.now });
  gate.open(capacity);
  return { gate, clock };
}

/** Calls that wait behind one that runs; `serve` ends the running one, so many times, and says whose turn came. */
async function setUpLine() {
  const { gate } = setUp({ queue: 100 });
  const served: string[] = [];
  let release = await gate.enter(never);
  return {
    line: () => gate.line().map(({ callerId }) => callerId),
    wait(callers: readonly string[], priority: Caller['priority'] = 'interactive'): void {
      for (const id of callers) {
        void gate.enter(new AbortController().signal, { id, priority }).then((leave) => {
          release = leave;
          return served.push(id);
        });
      }
    },
    async serve(count: number): Promise<string[]> {
      served.length = 0;
      for (let index = 0; index < count; index++) {
        release();
        await new Promise(setImmediate);
      }
      return [...served];
    },
  };
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

  it('serves callers in turn, however many calls one of them has', async () => {
    const { wait, serve, line } = await setUpLine();
    wait(['a', 'a', 'a', 'b', 'c', 'b']);
    expect(line()).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
    expect(await serve(6)).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
  });

  it('gives nobody who comes late the turns that have passed', async () => {
    const { wait, serve } = await setUpLine();
    wait(['a', 'a', 'a', 'a']);
    expect(await serve(2)).toEqual(['a', 'a']);
    wait(['b', 'b', 'b']);
    expect(await serve(5)).toEqual(['b', 'a', 'b', 'a', 'b']);
  });

  it('serves interactive calls first, but for one place in eight', async () => {
    const { wait, serve } = await setUpLine();
    wait(['night', 'night', 'night'], 'batch');
    wait(Array.from({ length: 20 }, () => 'person'));
    const served = await serve(23);
    expect(served.flatMap((id, index) => (id === 'night' ? [index] : []))).toEqual([7, 15, 22]);
  });

  it('keeps batch calls moving while interactive ones keep coming', async () => {
    const { wait, serve } = await setUpLine();
    wait(['night', 'night'], 'batch');
    const served: string[] = [];
    for (let index = 0; index < 20; index++) {
      wait(['person', 'person']);
      served.push(...(await serve(1)));
    }
    expect(served.flatMap((id, index) => (id === 'night' ? [index] : []))).toEqual([7, 15]);
  });

  it('turns the last in line away when it is full, so that one caller cannot fill it', async () => {
    const { gate } = setUp({ queue: 3 });
    await gate.enter(never);
    const greedy = [1, 2, 3].map(() => gate.enter(never, { id: 'greedy', priority: 'interactive' }));
    void gate.enter(never, { id: 'modest', priority: 'interactive' });
    await expect(greedy[2]).rejects.toMatchObject({ code: 'overloaded', detail: expect.stringMatching('4th in line') });
    expect(gate.line().map(({ callerId }) => callerId)).toEqual(['greedy', 'modest', 'greedy']);
  });

  it('moves the calls of a caller up when an earlier one of them leaves', async () => {
    const { gate } = setUp({ queue: 10 });
    await gate.enter(never);
    const abort = new AbortController();
    const left = gate.enter(abort.signal, { id: 'a', priority: 'interactive' });
    void gate.enter(never, { id: 'a', priority: 'interactive' });
    void gate.enter(never, { id: 'b', priority: 'interactive' });
    abort.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(gate.line().map(({ callerId }) => callerId)).toEqual(['a', 'b']);
  });

  it('tells how long each call has waited', async () => {
    const { gate, clock } = setUp();
    await gate.enter(never);
    void gate.enter(never, { id: 'a', priority: 'batch' });
    clock.now += 50;
    void gate.enter(never);
    expect(gate.line()).toEqual([
      { callerId: undefined, priority: 'interactive', waitedMs: 0 },
      { callerId: 'a', priority: 'batch', waitedMs: 50 },
    ]);
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
