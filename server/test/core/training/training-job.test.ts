import { describe, expect, it } from 'vitest';
import { verbatim } from '../../../src/errors/told.ts';
import { trainingResult } from '../../../src/core/training/training-job.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { accepted, baseProfile, rejected } from '../../support/training-parts.ts';
import { noNumber } from '../../support/scripted-trainer.ts';
import {
  administrator,
  examplesAbout,
  gate,
  openTrainingMachine,
  reached,
  trained,
  trainer,
  unlessAborted,
} from '../../support/training-setup.ts';
import { eventually } from '../../support/eventually.ts';

const publishing = { reason: undefined, signal: new AbortController().signal };

describe('a training job', () => {
  it('makes a version that answers', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const job = await trained(service, examplesAbout('Zirva'));
    expect(job).toMatchObject({
      status: 'succeeded',
      progress: { done: 3, total: 3, step: null },
      result: { accepted: true, published: true, examples: 8, documents: null, base_model: 'nano' },
      error: null,
    });
    const { version } = trainingResult(job)!;
    const shown = await service.versions.get(trainer, version);
    expect(shown).toMatchObject({ base: 'nano', jobId: job.id, ownerId: 'usr_ana', inForce: true, gate: accepted });
    expect(await service.adapters.over(baseProfile)).toBe(shown.adapter);
    expect(await service.ports.blobs.has(shown.adapter)).toBe(true);
    expect(service.engine.requests).toMatchObject([{ model: 'nano', adapter: shown.adapter }]);
    expect(service.trainer.discarded).toEqual([`${job.id}-1`]);
    expect(service.errors).toEqual([]);
  });

  it('tells every state that it goes through, with its figures', async () => {
    await using machine = await openTrainingMachine();
    const doors = { step: gate(), measure: gate(), canary: gate() };
    await using service = await machine.start({
      beforeStep: (step) => (step === 2 ? doors.step.opened : undefined),
      beforeMeasure: () => doors.measure.opened,
      canary: () => doors.canary.opened,
    });
    const { id } = await service.training.train(trainer, examplesAbout('Zirva'), { waitMs: 0, ...publishing });
    const seen = new Set<string | null>();
    for await (const { status, progress } of service.training.watch(trainer, id, publishing)) {
      seen.add(status === 'running' ? progress.step : status);
      if (progress.step === 'running') doors.step.open();
      if (progress.step === 'evaluating') doors.measure.open();
      if (progress.step === 'publishing') doors.canary.open();
    }
    expect([...seen].filter((state) => state !== 'queued' && state !== 'validating' && state !== null)).toEqual([
      'running',
      'evaluating',
      'publishing',
      'succeeded',
    ]);
    const ended = await service.training.get(trainer, id);
    expect(ended.progress.figures).toMatchObject({ validationLoss: 0.5, tokensPerSecond: 1000, secondsLeft: 0 });
  });

  it('says that it waits while another service of the machine trains', async () => {
    await using machine = await openTrainingMachine();
    const turn = gate();
    await using service = await machine.start({ untilTurn: () => turn.opened });
    const { id } = await service.training.train(trainer, examplesAbout('Zirva'), { waitMs: 0, ...publishing });
    await reached(service, id, 'waiting');
    turn.open();
    await reached(service, id, 'running');
    await reached(service, id, 'succeeded');
  });

  it('trains the examples of the version in force along, and lets newer answers win', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    await trained(service, examplesAbout('Zirva'));
    await trained(service, examplesAbout('Plomb'));
    const correction = async function* () {
      yield* examplesAbout('Kresk');
      yield {
        type: 'examples',
        examples: [{ path: 'x', example: { question: 'zirva 0', answer: 'It is 99.' } }],
      } as const;
    };
    const job = await trained(service, correction());
    expect(job.result).toMatchObject({ examples: 24, sets_left_out: 0 });
    const { run } = service.trainer.runs.at(-1)!;
    const taught = run.training.map(({ example }) => example.answer);
    expect(taught).toContain('It is 99.');
    expect(taught).not.toContain('Zirva is 0.');
    for (const kept of [/^Plomb/, /^Kresk/, /^As before/]) expect(taught).toContainEqual(expect.stringMatching(kept));
  });

  it('teaches each of few examples often, and chooses no epoch by a handful that were held out', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    await trained(service, examplesAbout('Zirva'));
    const { run } = service.trainer.runs.at(-1)!;
    const taught = run.training.filter(({ example }) => example.answer.startsWith('Zirva'));
    expect(new Set(taught.map(({ example }) => example.answer)).size).toBe(4);
    expect(taught).toHaveLength(4 * 14);
    expect(run.validation).toEqual([]);
  });

  it('leaves out the oldest examples when all do not fit', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start({
      assess: ({ training }) => {
        const taught = JSON.stringify(training);
        return taught.includes('Zirva') && taught.includes('Kresk') ? 'It takes too long.' : null;
      },
    });
    await trained(service, examplesAbout('Zirva'));
    await trained(service, examplesAbout('Plomb'));
    const job = await trained(service, examplesAbout('Kresk'));
    expect(job.result).toMatchObject({ examples: 16, sets_left_out: 1 });
    const { run } = service.trainer.runs.at(-1)!;
    expect(JSON.stringify(run.training)).not.toContain('Zirva');
  });

  it('fails with the reason when its own examples cannot be trained on', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start({ assess: () => 'It needs 9 GB.' });
    const job = await trained(service, examplesAbout('Zirva'));
    const detail = verbatim('It needs 9 GB.');
    expect(job).toMatchObject({ status: 'failed', error: { code: 'trainer_unavailable', detail } });
    expect(service.trainer.runs).toEqual([]);
  });

  it('is rejected by the gate, and then nothing answers but the base', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start({ judge: () => rejected });
    const job = await trained(service, examplesAbout('Zirva'));
    expect(job).toMatchObject({
      status: 'rejected',
      result: { accepted: false, published: false, gate: rejected.checks },
    });
    expect(await service.adapters.over(baseProfile)).toBeUndefined();
    expect(service.engine.requests).toEqual([]);
  });

  it('is published against the gate by an administrator who says why, which is kept', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start({ judge: () => rejected });
    const { id, result } = await trained(service, examplesAbout('Zirva'));
    const { training } = service;
    const because = { ...publishing, reason: 'É urgente.' };
    await expect(training.publish(trainer, id, because)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(training.publish(administrator, id, publishing)).rejects.toMatchObject({ code: 'invalid_request' });
    const version = await training.publish(administrator, id, because);
    expect(version).toMatchObject({
      id: result?.['version'],
      inForce: true,
      override: { userId: 'usr_root', reason: 'É urgente.' },
    });
    const again = await training.publish(administrator, id, { ...publishing, reason: 'Outra vez.' });
    expect(again.override?.reason).toBe('É urgente.');
  });

  it('waits for its owner to publish it when that was asked for', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const job = await trained(service, examplesAbout('Zirva', { publish: 'manual' }));
    expect(job).toMatchObject({ status: 'succeeded', result: { accepted: true, published: false } });
    expect(await service.adapters.over(baseProfile)).toBeUndefined();
    expect(await service.training.publish(trainer, job.id, publishing)).toMatchObject({
      inForce: true,
      override: null,
    });
    expect(await service.adapters.over(baseProfile)).toBeDefined();
  });

  it.each([
    ['the loss is no number', { beforeStep: () => Promise.reject(noNumber) }, 'training_failed'],
    [
      'the disk is full',
      { blobs: (blobs: object) => ({ ...blobs, put: () => Promise.reject(new AppError('disk_full')) }) as never },
      'disk_full',
    ],
    ['nobody foresaw what happened', { beforeMeasure: () => Promise.reject(new Error('a bug')) }, 'internal'],
  ] as const)('fails when %s, and nothing stays of it', async (_, script, code) => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start(script);
    const job = await trained(service, examplesAbout('Zirva'));
    expect(job).toMatchObject({ status: 'failed', error: { code } });
    await eventually(() => expect(service.trainer.discarded).toEqual([`${job.id}-1`]));
    expect((await service.versions.list(administrator, { limit: 9, after: null })).items).toEqual([]);
    expect(service.errors).toHaveLength(code === 'internal' ? 1 : 0);
  });

  it('fails when its base was removed while it waited', async () => {
    await using machine = await openTrainingMachine();
    let hasBase = true;
    const door = gate();
    await using service = await machine.start({ hasBase: () => hasBase, beforeStep: () => door.opened });
    const first = await service.training.train(trainer, examplesAbout('Zirva'), { waitMs: 0, ...publishing });
    await reached(service, first.id, 'running');
    const second = await service.training.train(trainer, examplesAbout('Plomb'), { waitMs: 0, ...publishing });
    hasBase = false;
    door.open();
    expect(await reached(service, second.id, 'failed')).toMatchObject({ error: { code: 'model_unavailable' } });
    expect(await service.training.get(trainer, first.id)).toMatchObject({ status: 'succeeded' });
  });

  it('tries again what may go by itself', async () => {
    await using machine = await openTrainingMachine();
    let calls = 0;
    await using service = await machine.start({
      canary: () => {
        calls += 1;
        if (calls === 1) throw new AppError('engine_failed');
      },
    });
    const job = await trained(service, examplesAbout('Zirva'));
    expect(job).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(service.trainer.runs).toHaveLength(1);
  });

  it('is begun anew with what came into force while it was trained', async () => {
    await using machine = await openTrainingMachine();
    const door = gate();
    await using slow = await machine.start({
      beforeStep: (_step, { training }, { signal }) =>
        JSON.stringify(training).includes('Zirva') && !JSON.stringify(training).includes('Plomb')
          ? unlessAborted(door.opened, signal)
          : undefined,
    });
    const first = await slow.training.train(trainer, examplesAbout('Zirva'), { waitMs: 0, ...publishing });
    await reached(slow, first.id, 'running');
    await using quick = await machine.start();
    const second = await trained(quick, examplesAbout('Plomb'));
    expect(second.status).toBe('succeeded');
    door.open();
    const ended = await reached(slow, first.id, 'succeeded');
    expect(ended.result).toMatchObject({ examples: 16, version: `ver_${first.id.slice(4)}_2`, published: true });
    const { items } = await slow.versions.list(administrator, { limit: 9, after: null });
    expect(items.map(({ id, inForce }) => [id, inForce])).toEqual([
      [ended.result?.['version'], true],
      [trainingResult(second)?.version, false],
    ]);
  });
});
