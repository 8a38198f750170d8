import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClosingList } from '../../src/process/closing-list.ts';
import { forgetBlobsHourly, forgetResponsesHourly } from '../../src/wire/background.ts';
import { createMemoryResponses } from '../support/memory-responses.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-06-01T00:00:00Z') }));
afterEach(() => vi.useRealTimers());

const aged = (id: string, ageMs: number) => ({
  id,
  ownerId: 'usr_ana',
  conversation: id,
  messages: [],
  body: {},
  createdAt: new Date(Date.now() - ageMs),
});

describe('the hourly cleaning', () => {
  it('forgets responses after thirty days, until the service stops', async () => {
    const responses = createMemoryResponses();
    const closing = createClosingList();
    await responses.save(aged('old', 30 * dayMs));
    await responses.save(aged('young', 30 * dayMs - 2 * hourMs));
    forgetResponsesHourly(responses, {
      closing,
      report: (what, error) => expect.unreachable(`${what}: ${String(error)}`),
    });
    await vi.advanceTimersByTimeAsync(hourMs);
    expect(responses.all.map(({ id }) => id)).toEqual(['young']);
    await closing[Symbol.asyncDispose]();
    await vi.advanceTimersByTimeAsync(2 * hourMs);
    expect(responses.all.map(({ id }) => id)).toEqual(['young']);
  });

  it('forgets uploaded files that nobody used for a day', async () => {
    const asked: string[] = [];
    const closing = createClosingList();
    const removeUnusedBlobs = async (before: Date): Promise<void> => void asked.push(before.toISOString());
    const report = (what: string, error: unknown): never => expect.unreachable(`${what}: ${String(error)}`);
    forgetBlobsHourly({ removeUnusedBlobs }, { closing, report });
    await vi.advanceTimersByTimeAsync(2 * hourMs);
    expect(asked).toEqual(['2026-05-31T01:00:00.000Z', '2026-05-31T02:00:00.000Z']);
    await closing[Symbol.asyncDispose]();
  });

  it('reports what it cannot do, and goes on', async () => {
    const reported: unknown[] = [];
    const closing = createClosingList();
    const deleteExpired = () => Promise.reject(new Error('disk full'));
    const report = (what: string): void => void reported.push(what);
    forgetResponsesHourly({ ...createMemoryResponses(), deleteExpired }, { closing, report });
    await vi.advanceTimersByTimeAsync(2 * hourMs);
    expect(reported).toEqual(['cleaning up failed', 'cleaning up failed']);
    await closing[Symbol.asyncDispose]();
  });
});
