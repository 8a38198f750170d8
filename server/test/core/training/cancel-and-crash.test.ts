import { describe, expect, it } from 'vitest';
import { baseProfile } from '../../support/training-parts.ts';
import {
  administrator,
  examplesAbout,
  gate,
  openTrainingMachine,
  reached,
  trained,
  trainer,
  unlessAborted,
  type TrainingService,
} from '../../support/training-setup.ts';
import { eventually } from '../../support/eventually.ts';

const { signal } = new AbortController();
const soon = { waitMs: 0, signal };
/** Longer than any lease. */
const aheadMs = 60_000;

async function expectNothingOf({ versions, adapters, trainer: made }: TrainingService, jobId: string): Promise<void> {
  await eventually(async () => {
    expect((await versions.list(administrator, { limit: 9, after: null })).items).toEqual([]);
    expect(made.discarded).toContain(`${jobId}-1`);
  });
  expect(await adapters.over(baseProfile)).toBeUndefined();
}

describe('cancelling', () => {
  it.each(['running', 'evaluating', 'publishing'])('leaves nothing of a job that is %s', async (state) => {
    await using machine = await openTrainingMachine();
    const door = gate();
    await using service = await machine.start({
      beforeStep: (_step, _run, call) => (state === 'running' ? unlessAborted(gate().opened, call.signal) : undefined),
      beforeMeasure: (call) => (state === 'evaluating' ? unlessAborted(gate().opened, call.signal) : undefined),
      canary: () => (state === 'publishing' ? door.opened : undefined),
    });
    const { id } = await service.training.train(trainer, examplesAbout('Zirva'), soon);
    await reached(service, id, state);
    expect(await service.training.cancel(trainer, id)).toMatchObject({ status: 'cancelled', error: null });
    door.open();
    await expectNothingOf(service, id);
    await expect(service.training.cancel(trainer, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('leaves nothing of a job that waits, or is paused', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start({
      beforeStep: (_step, _run, call) => unlessAborted(gate().opened, call.signal),
    });
    const first = await service.training.train(trainer, examplesAbout('Zirva'), soon);
    await reached(service, first.id, 'running');
    const second = await service.training.train(trainer, examplesAbout('Plomb'), soon);
    expect(await service.training.cancel(trainer, second.id)).toMatchObject({ status: 'cancelled', attempts: 0 });
    await service.training.pause(trainer, first.id);
    expect(await service.training.cancel(trainer, first.id)).toMatchObject({ status: 'cancelled' });
    await expectNothingOf(service, first.id);
  });

  it('takes back what answered already when it comes in the very moment', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const { jobs } = service.ports;
    const finish = jobs.finish.bind(jobs);
    jobs.finish = async (job, outcome) => {
      expect(await service.adapters.over(baseProfile)).toBeDefined();
      await jobs.cancel(job.id);
      await finish(job, outcome);
    };
    const job = await trained(service, examplesAbout('Zirva'));
    expect(job.status).toBe('cancelled');
    await eventually(async () => expect(await service.adapters.over(baseProfile)).toBeUndefined());
    await expectNothingOf(service, job.id);
  });

  it('is for the owner and administrators', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start({
      beforeStep: (_step, _run, call) => unlessAborted(gate().opened, call.signal),
    });
    const { id } = await service.training.train(trainer, examplesAbout('Zirva'), soon);
    const stranger = { ...trainer, userId: 'usr_bia' };
    await expect(service.training.cancel(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await service.training.cancel(administrator, id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('pausing', () => {
  it('stops a training, which goes on where it was', async () => {
    await using machine = await openTrainingMachine();
    let isHeld = true;
    const atStep = gate();
    await using service = await machine.start({
      steps: 5,
      beforeStep(step, _run, call) {
        if (step !== 3 || !isHeld) return undefined;
        atStep.open();
        return unlessAborted(gate().opened, call.signal);
      },
    });
    const { id } = await service.training.train(trainer, examplesAbout('Zirva'), soon);
    await atStep.opened;
    expect(await service.training.pause(trainer, id)).toMatchObject({ status: 'paused' });
    await expect(service.training.pause(trainer, id)).rejects.toMatchObject({ code: 'conflict' });
    // Another one may use the machine meanwhile.
    isHeld = false;
    expect(await trained(service, examplesAbout('Plomb'))).toMatchObject({ status: 'succeeded' });
    // It may have been taken up before the answer is read.
    const goesOn = expect.stringMatching(/^(?:queued|running)$/) as string;
    expect(await service.training.resume(trainer, id)).toMatchObject({ status: goesOn });
    await expect(service.training.resume(trainer, id)).rejects.toMatchObject({ code: 'conflict' });
    await reached(service, id, 'succeeded');
    expect(service.trainer.runs.map(({ run, resumedAt }) => [run.id, resumedAt]).slice(0, 3)).toEqual([
      [`${id}-1`, 0],
      [expect.not.stringContaining(id), 0],
      [`${id}-1`, 2],
    ]);
  });
});

describe('a service that dies', () => {
  it.each(['running', 'evaluating', 'publishing'])(
    'is followed by one that goes on with a job that is %s',
    async (state) => {
      await using machine = await openTrainingMachine();
      const hang = gate();
      const atState = gate();
      const hangAt = (place: string): Promise<void> | undefined => {
        if (place !== state) return undefined;
        atState.open();
        return hang.opened;
      };
      const dead = await machine.start({
        beforeStep: (step) => (step === 3 ? hangAt('running') : undefined),
        beforeMeasure: () => hangAt('evaluating'),
        canary: () => hangAt('publishing'),
      });
      const { id } = await dead.training.train(trainer, examplesAbout('Zirva'), soon);
      await atState.opened;
      await using service = await machine.start({}, { aheadMs });
      const job = await reached(service, id, 'succeeded');
      expect(job).toMatchObject({ attempts: 2, result: { published: true, examples: 8 } });
      expect(service.trainer.runs.map(({ resumedAt }) => resumedAt)).toEqual(
        { running: [2], evaluating: [3], publishing: [] }[state],
      );
      hang.open();
      await dead[Symbol.asyncDispose]();
      expect((await service.versions.list(administrator, { limit: 9, after: null })).items).toHaveLength(1);
      expect(await service.adapters.over(baseProfile)).toBeDefined();
      expect([...dead.errors, ...service.errors]).toEqual([]);
    },
  );

  it('trains the same again when the checkpoint is on another machine', async () => {
    await using machine = await openTrainingMachine();
    const hang = gate();
    const atStep = gate();
    const dead = await machine.start({
      beforeStep(step) {
        if (step !== 2) return undefined;
        atStep.open();
        return hang.opened;
      },
    });
    const { id } = await dead.training.train(trainer, examplesAbout('Zirva'), soon);
    await atStep.opened;
    await dead.ports.trainer.discard(`${id}-1`);
    await using service = await machine.start({}, { aheadMs });
    await reached(service, id, 'succeeded');
    expect(service.trainer.runs).toMatchObject([{ resumedAt: 0 }]);
    expect(service.trainer.runs[0]?.run.training).toEqual(dead.trainer.runs[0]?.run.training);
    hang.open();
    await dead[Symbol.asyncDispose]();
  });

  it('leaves nothing of a job that is cancelled after its death', async () => {
    await using machine = await openTrainingMachine();
    const hang = gate();
    const atStep = gate();
    const dead = await machine.start({
      beforeStep(step) {
        if (step !== 2) return undefined;
        atStep.open();
        return hang.opened;
      },
    });
    const { id } = await dead.training.train(trainer, examplesAbout('Zirva'), soon);
    await atStep.opened;
    expect(await dead.ports.trainer.kept()).toEqual([`${id}-1`]);
    await dead.ports.jobs.cancel(id);
    await using service = await machine.start({}, { aheadMs });
    await eventually(async () => expect(await service.ports.trainer.kept()).toEqual([]));
    hang.open();
    await dead[Symbol.asyncDispose]();
  });

  it('gives its job back when it is told to stop', async () => {
    await using machine = await openTrainingMachine();
    const atStep = gate();
    const first = await machine.start({
      beforeStep(step, _run, call) {
        if (step !== 3) return undefined;
        atStep.open();
        return unlessAborted(gate().opened, call.signal);
      },
    });
    const { id } = await first.training.train(trainer, examplesAbout('Zirva'), soon);
    await atStep.opened;
    await first[Symbol.asyncDispose]();
    await using second = await machine.start();
    expect(await reached(second, id, 'succeeded')).toMatchObject({ attempts: 2 });
    expect(second.trainer.runs).toMatchObject([{ resumedAt: 2 }]);
  });
});
