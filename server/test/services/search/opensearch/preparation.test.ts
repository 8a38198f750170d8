import { describe, expect, it } from 'vitest';
import { createPreparation } from '../../../../src/services/search/opensearch/prepare/preparation.ts';

interface Attempt {
  succeed(index: string): void;
  fail(error: Error): void;
}

function scripted(patienceMs?: number) {
  const clock = { now: 0 };
  const attempts: Attempt[] = [];
  const preparation = createPreparation<string>({
    prepare: () => new Promise((succeed, fail) => attempts.push({ succeed, fail })),
    now: () => clock.now,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  return { clock, attempts, preparation };
}

describe('preparing the index', () => {
  it('happens once for all calls that come meanwhile, and not again', async () => {
    const { attempts, preparation } = scripted();
    const calls = [preparation.get(), preparation.get()];
    attempts[0]!.succeed('v1');
    expect(await Promise.all(calls)).toEqual(['v1', 'v1']);
    expect(await preparation.get()).toBe('v1');
    expect(attempts).toHaveLength(1);
  });

  it('is tried again by a later call, once a second at most', async () => {
    const { clock, attempts, preparation } = scripted();
    const first = preparation.get();
    attempts[0]!.fail(new Error('absent'));
    await expect(first).rejects.toThrow('absent');
    clock.now = 999;
    await expect(preparation.get()).rejects.toThrow('absent');
    expect(attempts).toHaveLength(1);
    clock.now = 1_000;
    const second = preparation.get();
    attempts[1]!.succeed('v1');
    expect(await second).toBe('v1');
  });

  it('happens again after it was forgotten', async () => {
    const { attempts, preparation } = scripted();
    const first = preparation.get();
    attempts[0]!.succeed('v1');
    await first;
    preparation.forget();
    const second = preparation.get();
    attempts[1]!.succeed('v2');
    expect(await second).toBe('v2');
  });

  it('goes on while calls do not wait for it any more', async () => {
    const { attempts, preparation } = scripted(5);
    await expect(preparation.get()).rejects.toMatchObject({ code: 'part_unavailable' });
    const later = preparation.get();
    attempts[0]!.succeed('v1');
    expect(await later).toBe('v1');
    expect(attempts).toHaveLength(1);
  });
});
