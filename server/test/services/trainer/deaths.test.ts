import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, truncate } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { TrainingBase, TrainingEvent, TrainingRun } from '../../../src/ports/trainer.ts';
import { createLocalTrainer } from '../../../src/services/trainer/local/create-local-trainer.ts';
import { sha256Of } from '../../../src/services/model-files/sha256-of.ts';
import { eventually } from '../../support/eventually.ts';
import { writeTinyModel } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { finishTraining, trainingEvents } from '../../support/training-events.ts';
import { trainingRun } from '../../support/training-items.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const path = folder.file('base.gguf');
await writeTinyModel(path);
const base: TrainingBase = { model: path, path, sha256: await sha256Of(path) };
const training = Array.from({ length: 12 }, (_, index) => {
  const tokens = Array.from({ length: 20 }, (__, place) => 10 + ((index * 31 + place * 17) % 300));
  return { example: { prompt: [], answer: '' }, row: { tokens, answerStart: 12 } };
});
const runs = folder.file('runs');
const stepsPerCheckpoint = 50;
const program = new URL('../../support/training-child.mjs', import.meta.url);

/** 400 steps of some milliseconds, so that there are checkpoints in the middle. */
function longRun(id: string): TrainingRun {
  const run = trainingRun({ id, base, training });
  return { ...run, hyperparameters: { ...run.hyperparameters, epochs: 100, patience: 100 } };
}

/** What a run gives that nothing happened to. */
const undisturbed = await (async () => {
  await using trainer = createLocalTrainer({ folder: runs });
  return await finishTraining(trainer, longRun('undisturbed'));
})();

function startsOf(events: readonly TrainingEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'started' ? [event.resumedAt] : []));
}

/** It went on from a checkpoint, if one was due before the step at which it was killed, and had something left to do. */
function expectMidRun(resumedAt: number | undefined, killedAt: number): void {
  expect(resumedAt).toBeGreaterThanOrEqual(killedAt < stepsPerCheckpoint ? 0 : stepsPerCheckpoint);
  expect(resumedAt).toBeLessThan(undisturbed.steps);
}

describe('the trainer', () => {
  it.each([1, 120, 301])('gives the same adapter when its process is killed at step %i', async (step) => {
    await using trainer = createLocalTrainer({ folder: runs });
    let kills = 0;
    const events = await trainingEvents(trainer, longRun(`killed-${step}`), (event) => {
      if (event.type !== 'step' || event.step !== step || kills > 0) return;
      process.kill(trainer.childPid!, 'SIGKILL');
      kills += 1;
    });
    const { sha256, steps } = undisturbed;
    const [first, second, ...others] = startsOf(events);
    expect([first, others]).toEqual([0, []]);
    expectMidRun(second, step);
    expect(events.at(-1)).toMatchObject({ type: 'finished', sha256, steps });
  });

  it.each([2, 220])('gives the same adapter when the whole service is killed at step %i', async (step) => {
    const run = longRun(`service-${step}`);
    const service = spawn(process.execPath, [fileURLToPath(program), runs], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    service.stdin.end(JSON.stringify(run));
    let trainerPid: number | undefined;
    for await (const line of createInterface(service.stdout)) {
      const event = JSON.parse(line) as TrainingEvent & { pid: number };
      if (event.type !== 'step' || event.step < step) continue;
      trainerPid = event.pid;
      break;
    }
    service.kill('SIGKILL');
    await once(service, 'exit');
    // The trainer notices, and ends without a word.
    await eventually(async () => expect(() => process.kill(trainerPid!, 0)).toThrow(/ESRCH/));

    await using trainer = createLocalTrainer({ folder: runs });
    const events = await trainingEvents(trainer, run);
    const { sha256, steps } = undisturbed;
    const [resumedAt, ...others] = startsOf(events);
    expect(others).toEqual([]);
    expectMidRun(resumedAt, step);
    expect(events.at(-1)).toMatchObject({ type: 'finished', sha256, steps });
  });

  it('tells everything to a reader who comes after its process has ended', async () => {
    await using trainer = createLocalTrainer({ folder: runs });
    const reading = trainer.train(longRun('slow'), { signal: new AbortController().signal })[Symbol.asyncIterator]();
    expect(await reading.next()).toMatchObject({ value: { type: 'started', resumedAt: 0 } });
    const pid = trainer.childPid!;
    await eventually(async () => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/));

    const events: TrainingEvent[] = [];
    for await (const event of { [Symbol.asyncIterator]: () => reading }) events.push(event);
    expect(startsOf(events)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'finished', sha256: undisturbed.sha256 });
  });

  it('gives up when its process dies again and again', async () => {
    const cut = folder.file('cut.gguf');
    await copyFile(path, cut);
    // Its header is whole, so it is read; what is behind the end cannot be.
    await truncate(cut, 60_000);
    await using trainer = createLocalTrainer({ folder: runs });
    const run = { ...longRun('cut'), base: { ...base, path: cut } };
    const refusal = { code: 'training_failed', detail: expect.stringMatching(/again and again/) };
    await expect(finishTraining(trainer, run)).rejects.toMatchObject(refusal);
  });

  it('says so when the loss is no number any more', async () => {
    await using trainer = createLocalTrainer({ folder: runs });
    const run = longRun('wild');
    const wild = { ...run, hyperparameters: { ...run.hyperparameters, learningRate: 1e30 } };
    const refusal = { code: 'training_failed', detail: expect.stringMatching(/no number/) };
    await expect(finishTraining(trainer, wild)).rejects.toMatchObject(refusal);
  });
});
