import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createJobWatch } from '../../src/db/job-watch.ts';
import type { Job } from '../../src/models/job.ts';

const pollMs = 250;

/** A watch over a store that answers when it is told to, and what it was asked for. */
function watchSlowStore() {
  const asked: { ids: readonly string[]; answer: (jobs: readonly Job[]) => void }[] = [];
  const watch = createJobWatch((ids) => new Promise((answer) => asked.push({ ids, answer })));
  return { watch, asked };
}

const job = (id: string, done: number): Job => ({
  id,
  kind: 'ingest',
  ownerId: 'usr_1',
  status: 'running',
  payload: {},
  progress: { done, total: 4, step: null, checkpoint: {} },
  attempts: 1,
  error: null,
  result: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
});

describe('a job watch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks for all watched jobs at once, not before the last answer, and nothing when nobody watches', async () => {
    const { watch, asked } = watchSlowStore();
    watch.look('job_1');
    const stops = ['job_1', 'job_2'].map((id) => watch.watch(id, () => undefined));
    await vi.advanceTimersByTimeAsync(3 * pollMs);
    expect(asked.map(({ ids }) => ids)).toEqual([['job_1', 'job_2']]);
    asked[0]!.answer([]);
    await vi.advanceTimersByTimeAsync(pollMs);
    expect(asked).toHaveLength(2);
    for (const stop of stops) stop();
    asked[1]!.answer([]);
    await vi.advanceTimersByTimeAsync(3 * pollMs);
    expect(asked).toHaveLength(2);
  });

  it('tells each change once, and nothing that a later look has overtaken', async () => {
    const { watch, asked } = watchSlowStore();
    const seen: number[] = [];
    watch.watch('job_1', ({ progress }) => void seen.push(progress.done));
    await vi.advanceTimersByTimeAsync(pollMs);
    watch.look('job_1');
    asked[1]!.answer([job('job_1', 2)]);
    await vi.advanceTimersByTimeAsync(0);
    asked[0]!.answer([job('job_1', 1)]);
    await vi.advanceTimersByTimeAsync(pollMs);
    asked[2]!.answer([job('job_1', 2)]);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual([2]);
    watch.stop();
  });
});
