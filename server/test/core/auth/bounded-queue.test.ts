import { describe, expect, it } from 'vitest';
import { createBoundedQueue } from '../../../src/core/auth/bounded-queue.ts';

interface Task {
  end(): void;
  fail(error: Error): void;
}

/** A queue whose tasks end when told to. */
function controlled(atOnce: number, waiting: number) {
  const queue = createBoundedQueue({ atOnce, waiting });
  const started: number[] = [];
  const running = new Map<number, Task>();
  const add = (id: number): Promise<number> =>
    queue.run(() => {
      started.push(id);
      return new Promise((resolve, reject) => running.set(id, { end: () => resolve(id), fail: reject }));
    });
  return { queue, started, running, add };
}

describe('a bounded queue', () => {
  it('runs a few at once and the others in order of arrival', async () => {
    const { started, running, add } = controlled(2, 2);
    const results = [add(1), add(2), add(3), add(4)];
    expect(started).toEqual([1, 2]);
    running.get(2)!.end();
    await results[1];
    expect(started).toEqual([1, 2, 3]);
    running.get(1)!.end();
    await results[0];
    expect(started).toEqual([1, 2, 3, 4]);
    running.get(3)!.end();
    running.get(4)!.end();
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4]);
  });

  it('refuses what does not fit, and says so before', async () => {
    const { queue, running, add } = controlled(1, 1);
    const results = [add(1), add(2)];
    const overloaded = { code: 'overloaded', retryAfterSeconds: 1 };
    expect(() => queue.assertRoom()).toThrow(expect.objectContaining(overloaded));
    await expect(add(3)).rejects.toMatchObject(overloaded);
    running.get(1)!.end();
    await results[0];
    queue.assertRoom();
    running.get(2)!.end();
    await results[1];
  });

  it('frees the place of a task that fails', async () => {
    const { running, started, add } = controlled(1, 1);
    const results = [add(1), add(2)];
    running.get(1)!.fail(new Error('failed'));
    await expect(results[0]).rejects.toThrow('failed');
    expect(started).toEqual([1, 2]);
    running.get(2)!.end();
    await results[1];
    const next = add(3);
    running.get(3)!.end();
    expect(await next).toBe(3);
  });
});
