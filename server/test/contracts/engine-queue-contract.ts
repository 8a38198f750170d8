import { expect } from 'vitest';
import type { Caller, Engine } from '../../src/ports/engine.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { eventually } from '../support/eventually.ts';
import { collect, idle, question } from '../support/engine-calls.ts';
import { holdPlace } from '../support/hold-place.ts';

export interface EngineQueueHarness {
  /** A new engine with `slots` places per model and a queue of `queue`. */
  open(limits: { slots: number; queue: number }): Promise<Engine>;
  /** A model that writes on until it is stopped. */
  endless: string;
  deviations?: readonly Deviation[];
}

const never = new AbortController().signal;
const interactive = (id: string): Caller => ({ id, priority: 'interactive' });
const batch = (id: string): Caller => ({ id, priority: 'batch' });

/** What callers of an engine whose places are all taken may rely on. */
export const engineQueueContract = defineContract<EngineQueueHarness>('engine queue', (it, { open, endless }) => {
  /** An engine with one place, which is taken. */
  async function openBusy(queue: number) {
    const engine = await open({ slots: 1, queue });
    const release = await holdPlace(engine, endless, interactive('holder'));
    const served: string[] = [];
    /** Calls that note down when they are served; each is in the queue before the next one comes. */
    const ask = async (callers: readonly Caller[]): Promise<Promise<unknown>[]> => {
      const calls: Promise<unknown>[] = [];
      for (const caller of callers) {
        const parts = engine.generate(question(endless, 'Olá', { maxTokens: 1 }), { signal: never, caller });
        const waiting = (await engine.status()).waiting + 1;
        calls.push(collect(parts).then(() => served.push(caller.id)));
        await eventually(async () => expect((await engine.status()).waiting).toBe(Math.min(waiting, queue)));
      }
      return calls;
    };
    return { engine, release, served, ask };
  }

  it('serves callers in turn, however many calls one of them has', async () => {
    const { engine, release, served, ask } = await openBusy(10);
    await using _ = engine;
    const calls = await ask(['ana', 'ana', 'ana', 'bia', 'bia'].map(interactive));
    await release();
    await Promise.all(calls);
    expect(served).toEqual(['ana', 'bia', 'ana', 'bia', 'ana']);
    await idle(engine);
  });

  it('serves interactive calls before batch ones', async () => {
    const { engine, release, served, ask } = await openBusy(10);
    await using _ = engine;
    const calls = await ask([batch('night'), batch('night'), interactive('ana'), interactive('bia')]);
    await release();
    await Promise.all(calls);
    expect(served).toEqual(['ana', 'bia', 'night', 'night']);
  });

  it('tells who waits, in the order in which they will be served', async () => {
    const { engine, release, ask } = await openBusy(10);
    await using _ = engine;
    const calls = await ask([batch('night'), interactive('ana'), interactive('ana'), interactive('bia')]);
    const { queues, waiting } = await engine.status();
    expect(waiting).toBe(4);
    expect(queues).toMatchObject([{ model: endless, adapter: null, slots: 1, busy: 1 }]);
    expect(queues[0]?.waiting.map(({ callerId, priority }) => `${callerId} ${priority}`)).toEqual([
      'ana interactive',
      'bia interactive',
      'ana interactive',
      'night batch',
    ]);
    expect(queues[0]?.waiting.every(({ waitedMs }) => waitedMs >= 0)).toBe(true);
    await release();
    await Promise.all(calls);
    await idle(engine);
  });

  it('turns the last in line away when the queue is full, and says which place it would have had', async () => {
    const { engine, release, ask } = await openBusy(2);
    await using _ = engine;
    const [first, second] = await ask([interactive('ana'), interactive('ana')]);
    const refusal = second?.catch((error: unknown) => error);
    const [other] = await ask([interactive('bia')]);
    expect(await refusal).toMatchObject({
      code: 'overloaded',
      retryAfterSeconds: expect.any(Number),
      detail: expect.stringMatching(/\b3rd in line\b/),
    });
    await release();
    await Promise.all([first, other]);
  });

  it('forgets a call that leaves the queue', async () => {
    const { engine, release, served, ask } = await openBusy(10);
    await using _ = engine;
    const abort = new AbortController();
    const left = collect(
      engine.generate(question(endless, 'Olá'), { signal: abort.signal, caller: interactive('ana') }),
    );
    await eventually(async () => expect((await engine.status()).waiting).toBe(1));
    const calls = await ask([interactive('bia')]);
    abort.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect((await engine.status()).waiting).toBe(1);
    await release();
    await Promise.all(calls);
    expect(served).toEqual(['bia']);
  });

  it('loads a model before it is asked, and unloads it when told to', async () => {
    await using engine = await open({ slots: 1, queue: 10 });
    await engine.load(endless, { keepAliveMs: null, signal: never });
    expect((await engine.status()).loaded).toMatchObject([{ model: endless, busy: 0 }]);
    await engine.load(endless, { keepAliveMs: 0, signal: never });
    await eventually(async () => expect((await engine.status()).loaded).toEqual([]));
  });
});
