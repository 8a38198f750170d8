import { inEnglish } from '../../../src/errors/told.ts';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createLocalTrainer } from '../../../src/services/trainer/local/create-local-trainer.ts';
import { runTrainer } from '../../../src/services/trainer/local/run-trainer.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { trainingEvents } from '../../support/training-events.ts';
import { nanoBase, trainingRun } from '../../support/training-items.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const base = await nanoBase();
const row = { tokens: [0, 300, 301, 302, 303, 4], answerStart: 3 };
const training = [{ example: { prompt: [], answer: '' }, row }];
const run = trainingRun({ id: 'memory', base, training });

function peakBytesOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

describe('the memory of the trainer', () => {
  it('is refused before the run when it is more than there may be', async () => {
    await using trainer = createLocalTrainer({ folder: folder.path });
    const limits = { ...run.limits, memoryBytes: 50e6 };
    const assessment = await trainer.assess({ ...run, limits });
    expect(assessment).toMatchObject({ possible: false });
    expect(inEnglish(assessment.reason!)).toMatch(/memory/);
    expect(assessment.memoryBytes).toBeGreaterThan(50e6);
  });

  it.runIf(process.platform === 'linux')('is not more than what was assessed, nor much less', async () => {
    await using trainer = createLocalTrainer({ folder: folder.path });
    const { memoryBytes } = await trainer.assess(run);
    let largest = 0;
    await trainingEvents(trainer, run, ({ type }) => {
      if (type === 'step') largest = peakBytesOf(trainer.childPid!);
    });
    expect(largest).toBeLessThan(memoryBytes);
    expect(largest).toBeGreaterThan(memoryBytes / 3);
  });

  it.runIf(process.platform === 'linux')('is watched while it runs, and ends it when it grows too large', async () => {
    const never = new AbortController().signal;
    const job = {
      folder: folder.file('grown'),
      turnPath: folder.file('turn.lock'),
      basePath: base.path,
      digest: 'any',
      training: [row],
      validation: [],
      hyperparameters: { ...run.hyperparameters, epochs: 100_000, patience: 100_000 },
      threads: 1,
      usesFastCopies: true,
    };
    const running = runTrainer(job, { stop: never, deadline: never, memoryBytes: 10e6 });
    const follow = async (): Promise<void> => {
      for await (const event of running.events) expect(event.type).not.toBe('finished');
    };
    await expect(follow()).rejects.toMatchObject({ code: 'training_failed', detail: expect.stringMatching(/memory/) });
    await running.ended;
  });
});
