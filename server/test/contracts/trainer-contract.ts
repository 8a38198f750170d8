import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { isAppError } from '../../src/errors/app-error.ts';
import type { Trainer, TrainingBase, TrainingEvent, TrainingItem, TrainingRun } from '../../src/ports/trainer.ts';
import { readGgufMetadata } from '../../src/services/model-files/gguf-metadata.ts';
import { sha256Of } from '../../src/services/model-files/sha256-of.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { finishTraining, trainingEvents } from '../support/training-events.ts';
import { trainingRun } from '../support/training-items.ts';

export interface TrainerHarness {
  /** Closed by the test. */
  open(): Promise<Trainer> | Trainer;
  /** A small base, and rows of it that it can learn. */
  base: TrainingBase;
  items: readonly TrainingItem[];
  /** A model that is no base for this trainer. */
  untrainable: TrainingBase;
  deviations?: readonly Deviation[];
}

/** What every trainer promises: it learns, gives the same adapter for the same run, and goes on where it was. */
export const trainerContract = defineContract<TrainerHarness>('Trainer', (contract, harness) => {
  const run = (id: string, change: Partial<TrainingRun> = {}): TrainingRun =>
    trainingRun({ id, base: harness.base, training: harness.items, ...change });
  /** For what is kept also when little was learnt. */
  const brief = (id: string, change: Partial<TrainingRun['hyperparameters']> = {}): TrainingRun => {
    const { hyperparameters } = run(id);
    return run(id, { hyperparameters: { ...hyperparameters, epochs: 1, ...change } });
  };

  contract('says what a run takes before it is begun', async () => {
    await using trainer = await harness.open();
    const assessment = await trainer.assess(run('assessed'));
    expect(assessment).toMatchObject({ possible: true, reason: null });
    expect(assessment.memoryBytes).toBeGreaterThan(0);
    expect(assessment.seconds).toBeGreaterThan(0);
  });

  contract('says why it cannot train a model, and rejects a run over it', async () => {
    await using trainer = await harness.open();
    const impossible = run('impossible', { base: harness.untrainable });
    const { possible, reason } = await trainer.assess(impossible);
    expect(possible).toBe(false);
    expect(reason?.template).toMatch(/\w+ \w+/);
    await expect(finishTraining(trainer, impossible)).rejects.toMatchObject({ code: 'trainer_unavailable' });
  });

  contract('tells the steps in order, with a loss that falls, and ends with an adapter', async () => {
    await using trainer = await harness.open();
    const events = await trainingEvents(trainer, run('falls'));
    const [started] = events;
    const finished = events.at(-1);
    const steps = events.filter((event) => event.type === 'step');
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(started).toEqual({ type: 'started', steps: steps.length, resumedAt: 0 });
    expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(epochs.at(-1)!.validationLoss).toBeLessThan(epochs[0]!.validationLoss / 2);
    expect(finished).toMatchObject({ type: 'finished', steps: steps.length });
  });

  contract('names the adapter by its digest and its length', async () => {
    await using trainer = await harness.open();
    const { adapterPath, sha256, bytes } = await finishTraining(trainer, brief('digest'));
    expect((await readFile(adapterPath)).length).toBe(bytes);
    expect(await sha256Of(adapterPath)).toBe(sha256);
  });

  contract('changes the matrices that it is to change, and no others', async () => {
    await using trainer = await harness.open();
    const { adapterPath } = await finishTraining(trainer, brief('targets', { targets: 'feed_forward' }));
    const { tensors } = await readGgufMetadata(adapterPath);
    const kinds = new Set(tensors.map(({ name }) => /^blk\.\d+\.(\w+)\.weight\.lora_[ab]$/.exec(name)?.[1]));
    expect(kinds).toEqual(new Set(['ffn_gate', 'ffn_up', 'ffn_down']));
  });

  contract('makes the same adapter of the same run, and another with another seed', async () => {
    await using trainer = await harness.open();
    const first = await finishTraining(trainer, brief('first', { epochs: 2 }));
    const second = await finishTraining(trainer, brief('second', { epochs: 2 }));
    const other = await finishTraining(trainer, brief('other', { epochs: 2, seed: 8 }));
    expect(second.sha256).toBe(first.sha256);
    expect(other.sha256).not.toBe(first.sha256);
  });

  contract('goes on after an abort as if there had been none', async () => {
    await using trainer = await harness.open();
    const whole = await finishTraining(trainer, run('whole'));
    await abortAfter(trainer, run('parted'), 5);
    const events = await trainingEvents(trainer, run('parted'));
    expect(events[0]).toMatchObject({ type: 'started', resumedAt: expect.toSatisfy((step: number) => step >= 5) });
    expect(events.at(-1)).toMatchObject({ type: 'finished', sha256: whole.sha256, steps: whole.steps });
  });

  contract('gives the adapter again when a run that has ended is asked for again', async () => {
    await using trainer = await harness.open();
    const first = await finishTraining(trainer, brief('again'));
    const events = await trainingEvents(trainer, brief('again'));
    expect(events.at(-1)).toMatchObject({ type: 'finished', sha256: first.sha256 });
    expect(events.filter(({ type }) => type === 'step')).toEqual([]);
  });

  contract('begins anew after a run was discarded, and leaves nothing of it', async () => {
    await using trainer = await harness.open();
    const { adapterPath } = await finishTraining(trainer, brief('discarded'));
    await trainer.discard('discarded');
    expect(existsSync(adapterPath)).toBe(false);
    const [started] = await trainingEvents(trainer, brief('discarded'));
    expect(started).toMatchObject({ resumedAt: 0 });
  });

  contract('tells of what it keeps, until that is discarded', async () => {
    await using trainer = await harness.open();
    await finishTraining(trainer, brief('kept'));
    expect(await trainer.kept()).toContain('kept');
    await trainer.discard('kept');
    expect(await trainer.kept()).not.toContain('kept');
  });

  contract('discards what was never begun', async () => {
    await using trainer = await harness.open();
    await trainer.discard('never-begun');
  });

  contract('trains one run after the other', async () => {
    await using trainer = await harness.open();
    const order: string[] = [];
    const follow = async (id: string): Promise<void> => {
      for await (const { type } of trainer.train(brief(id), { signal: new AbortController().signal })) {
        if (type === 'started' || type === 'finished') order.push(`${id} ${type}`);
      }
    };
    await Promise.all([follow('one'), follow('two')]);
    expect(order).toEqual(['one started', 'one finished', 'two started', 'two finished']);
  });

  contract('rejects with the reason of a signal that is aborted already', async () => {
    await using trainer = await harness.open();
    const reason = new Error('not any more');
    const events = trainer.train(run('aborted'), { signal: AbortSignal.abort(reason) });
    await expect(drain(events)).rejects.toBe(reason);
  });

  contract('stops beyond its time, and goes on when it is asked for again', async () => {
    await using trainer = await harness.open();
    const slow = brief('slow');
    const hurried = { ...slow, limits: { ...slow.limits, milliseconds: 1 } };
    await expect(finishTraining(trainer, hurried)).rejects.toMatchObject({ code: 'timeout' });
    expect(await finishTraining(trainer, slow)).toMatchObject({ type: 'finished' });
  });

  contract('stops a run when it is closed', async () => {
    const trainer = await harness.open();
    const endless = brief('closed', { epochs: 2000, patience: 2000 });
    const events = trainer.train(endless, { signal: new AbortController().signal })[Symbol.asyncIterator]();
    await events.next();
    await trainer[Symbol.asyncDispose]();
    await expect(drain({ [Symbol.asyncIterator]: () => events })).rejects.toSatisfy((error) =>
      isAppError(error, 'shutting_down'),
    );
  });
});

async function drain(events: AsyncIterable<TrainingEvent>): Promise<void> {
  for await (const event of events) expect(event.type).not.toBe('finished');
}

async function abortAfter(trainer: Trainer, run: TrainingRun, step: number): Promise<void> {
  const controller = new AbortController();
  const reason = new Error('stopped by the test');
  const follow = async (): Promise<void> => {
    for await (const event of trainer.train(run, { signal: controller.signal })) {
      if (event.type === 'step' && event.step === step) controller.abort(reason);
    }
  };
  await expect(follow()).rejects.toBe(reason);
}
