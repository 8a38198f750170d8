import { afterAll, describe, expect, it, vi } from 'vitest';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { createLocalTrainer } from '../../../src/services/trainer/local/create-local-trainer.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { inventedFacts, itemsForNano, nanoBase, trainingRun } from '../../support/training-items.ts';

vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
await using engine = createLlamaEngine({
  files: createModelFiles({ directory: folder.path, bundledDirectory: 'models/nano', baseUrl: 'http://127.0.0.1:1' }),
  threads: 1,
});
const run = trainingRun({ id: 'run', base: await nanoBase(), training: await itemsForNano(engine, inventedFacts) });

function openService(name: string) {
  return createLocalTrainer({ folder: folder.file(name), machineFolder: folder.path });
}

describe('services of one machine', () => {
  it('train one after the other, and who waits says so', async () => {
    await using first = openService('first');
    await using second = openService('second');
    const order: string[] = [];
    const signal = new AbortController().signal;
    const firstEvents = first.train(run, { signal })[Symbol.asyncIterator]();
    expect((await firstEvents.next()).value).toMatchObject({ type: 'started' });
    const secondEvents = second.train(run, { signal })[Symbol.asyncIterator]();
    expect((await secondEvents.next()).value).toEqual({ type: 'waiting' });
    const follow = async (name: string, events: AsyncIterator<{ type: string }>): Promise<void> => {
      for (;;) {
        const { value, done } = await events.next();
        if (done === true) return;
        order.push(`${name} ${value.type}`);
      }
    };
    await Promise.all([follow('first', firstEvents), follow('second', secondEvents)]);
    expect(order.indexOf('second started')).toBeGreaterThan(order.indexOf('first finished'));
    expect(order.at(-1)).toBe('second finished');
  });

  it('do not wait for one that was killed, and may give up waiting', async () => {
    await using first = openService('first');
    await using second = openService('second');
    const endless = { ...run, hyperparameters: { ...run.hyperparameters, epochs: 10_000, patience: 10_000 } };
    const stopped = new AbortController();
    const firstEvents = first.train({ ...endless, id: 'endless' }, stopped)[Symbol.asyncIterator]();
    await firstEvents.next();
    const given = new AbortController();
    const waiting = second.train({ ...run, id: 'given-up' }, { signal: given.signal })[Symbol.asyncIterator]();
    expect((await waiting.next()).value).toEqual({ type: 'waiting' });
    given.abort(new Error('given up'));
    await expect(waiting.next()).rejects.toThrow('given up');
    const next = second.train({ ...run, id: 'next' }, { signal: new AbortController().signal })[Symbol.asyncIterator]();
    expect((await next.next()).value).toEqual({ type: 'waiting' });
    process.kill(first.childPid!, 'SIGKILL');
    expect((await next.next()).value).toMatchObject({ type: 'started' });
    stopped.abort(new Error('stopped'));
    await expect(drained(firstEvents)).rejects.toThrow('stopped');
    await drained(next);
  });
});

async function drained(events: AsyncIterator<unknown>): Promise<void> {
  while ((await events.next()).done !== true);
}
