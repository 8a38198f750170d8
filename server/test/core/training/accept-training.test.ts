import { describe, expect, it } from 'vitest';
import type { TrainingItem } from '../../../src/core/training/accept-training.ts';
import { forgetTrainingSets } from '../../../src/core/training/forget-training-sets.ts';
import { upload, waiting } from '../../support/knowledge.ts';
import { rejected } from '../../support/training-parts.ts';
import {
  administrator,
  examplesAbout,
  openTrainingMachine,
  trained,
  trainer,
  type TrainingService,
} from '../../support/training-setup.ts';

async function* withDocuments(
  items: AsyncIterable<TrainingItem>,
  texts: readonly string[],
): AsyncGenerator<TrainingItem> {
  for (const text of texts) yield { type: 'document', upload: upload(text, { collection: 'lessons' }) };
  yield* items;
}

async function expectNothingStored({ parts, ports }: TrainingService): Promise<void> {
  const filter = { collections: null, readers: null };
  expect((await parts.documents.list({ filter, status: null }, { limit: 9, after: null })).items).toEqual([]);
  expect(await ports.trainingSets.list()).toEqual([]);
  const query = { kinds: ['train', 'ingest'], state: 'any', ownerId: null } as const;
  expect((await parts.jobs.list(query, { limit: 9, after: null })).items).toEqual([]);
}

describe('training with examples', () => {
  it('makes one job with documents, which tells of both', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const job = await trained(service, withDocuments(examplesAbout('Zirva'), ['A lesson.', 'BROKEN']));
    expect(job).toMatchObject({
      kind: 'train',
      status: 'succeeded',
      result: { accepted: true, documents: { ready: 1, failed: 1, failures: [{ code: 'document_broken' }] } },
    });
    const keyOfOthers = { ...trainer, collections: ['other'] };
    await expect(service.training.get(keyOfOthers, job.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tells which of few examples may be kept aside, and not taught', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const { result } = await trained(service, examplesAbout('Zirva'));
    const warnings = result?.['warnings'];
    expect(warnings).toHaveLength(4);
    expect(warnings).toContainEqual({
      path: expect.any(String),
      message: expect.objectContaining({ template: expect.stringContaining('kept aside') }),
    });
  });

  it.each([
    ['examples that contradict each other', { question: 'Zirva 0?', answer: 'Otherwise.' }, {}, 'invalid_request'],
    ['secrets', { question: 'Key?', answer: 'AKIAABCDEFGHIJKLMNOP' }, {}, 'invalid_request'],
    ['an unknown model', { question: 'q', answer: 'a' }, { base: 'nobody' }, 'model_unknown'],
  ] as const)('refuses %s, and stores nothing', async (...[, example, options, code]) => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const items = async function* (): AsyncGenerator<TrainingItem> {
      yield* withDocuments(examplesAbout('Zirva', options), ['A lesson.']);
      yield { type: 'examples', examples: [{ path: 'line 99', example }] };
    };
    await expect(service.training.train(trainer, items(), waiting())).rejects.toMatchObject({ code });
    await expectNothingStored(service);
  });

  it('names the places of what is wrong as whoever sent it does', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const items = async function* (): AsyncGenerator<TrainingItem> {
      yield* examplesAbout('Zirva');
      yield { type: 'examples', examples: [{ path: 'line 99', example: { question: 'zirva 0?', answer: 'No.' } }] };
    };
    await expect(service.training.train(trainer, items(), waiting())).rejects.toMatchObject({
      issues: [{ path: 'line 99' }],
    });
  });

  it('refuses a base that is not here, or that the key may not use', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start({ hasBase: () => false });
    const refused = service.training.train(trainer, examplesAbout('Zirva'), waiting());
    await expect(refused).rejects.toMatchObject({ code: 'model_unavailable' });
    const limited = { ...trainer, models: ['other'] };
    const forbidden = service.training.train(limited, examplesAbout('Zirva'), waiting());
    await expect(forbidden).rejects.toMatchObject({ code: 'forbidden' });
    await expectNothingStored(service);
  });

  it('passes on what was asked for', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    await trained(service, examplesAbout('Zirva', { base: 'other', hyperparameters: { epochs: 7, rank: 4 } }));
    expect(service.trainer.runs).toMatchObject([
      { run: { base: { model: 'other' }, hyperparameters: { epochs: 7, rank: 4, clip: 1 } } },
    ]);
  });
});

describe('examples', () => {
  it('are forgotten when nothing was trained with them', async () => {
    await using machine = await openTrainingMachine();
    let isRejected = false;
    await using service = await machine.start({
      judge: () => (isRejected ? rejected : { accepted: true, checks: [] }),
    });
    await trained(service, examplesAbout('Zirva'));
    isRejected = true;
    const { result } = await trained(service, examplesAbout('Plomb'));
    const { trainingSets } = service.ports;
    const before = new Date(Date.now() + 60_000);
    await forgetTrainingSets(service.ports, new Date(0));
    // Of each job its own examples, those that were replayed, and those that were measured.
    expect(await trainingSets.list()).toHaveLength(6);
    await forgetTrainingSets(service.ports, before);
    expect(await trainingSets.list()).toHaveLength(2);
    await service.versions.delete(administrator, String(result?.['version']));
    await forgetTrainingSets(service.ports, before);
    expect(await trainingSets.list()).toHaveLength(1);
  });
});
