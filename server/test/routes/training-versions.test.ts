import { inForceSchema, jobSchema, trainingVersionPageSchema, trainingVersionSchema, type Job } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, openDocumentApp, type CallOptions, type DocumentApp } from '../support/document-app.ts';
import { accepted, rejected } from '../support/training-parts.ts';

let service: DocumentApp;
let judgement = accepted;
beforeAll(async () => {
  service = await openDocumentApp({ training: { judge: () => judgement } });
});
afterAll(() => service[Symbol.asyncDispose]());

const examplesOf = (subject: string) =>
  Array.from({ length: 8 }, (_, index) => ({ question: `${subject} ${index}?`, answer: `${subject} is ${index}.` }));
const trained = async (subject: string, options: object = {}, call: CallOptions = {}): Promise<Job> => {
  const json = { examples: examplesOf(subject), ...options };
  const reply = await service.call('POST', '/training/train', { json, headers: { prefer: 'wait=60' }, ...call });
  return jobSchema.strict().parse(reply.json());
};
const versionOf = (job: Job): string => String(job.result?.['version']);

describe('training with examples', () => {
  it('ends with a version that answers', async () => {
    judgement = accepted;
    const job = await trained('Zirva');
    expect(job).toMatchObject({
      kind: 'train',
      status: 'succeeded',
      progress: { done: 3, total: 3, training: { validation_loss: 0.5, tokens_per_second: 1000, seconds_left: 0 } },
      result: { accepted: true, published: true, examples: 8, gate: accepted.checks },
    });
    const version = await service.call('GET', `/training/versions/${versionOf(job)}`);
    expect(trainingVersionSchema.strict().parse(version.json())).toMatchObject({
      base_model: 'nano',
      job: job.id,
      owner: 'usr_ana',
      data: { examples: 8 },
      in_force: true,
      override: null,
    });
    const list = await service.call('GET', '/training/versions?limit=1');
    expect(trainingVersionPageSchema.parse(list.json()).items.map(({ id }) => id)).toEqual([versionOf(job)]);
  });

  it('takes files of lines with fields for what is to be done with them, beside documents', async () => {
    judgement = accepted;
    const lines = examplesOf('Form').map((example) => JSON.stringify(example));
    const form = [
      { name: 'publish', value: 'manual' },
      { name: 'hyperparameters', value: '{"epochs":5}' },
      { name: 'collection', value: 'lessons' },
      file(lines.join('\n'), 'facts.jsonl', 'examples'),
      file('A lesson.', 'a.txt', 'documents'),
    ];
    const reply = await service.call('POST', '/training/train', { form, headers: { prefer: 'wait=60' } });
    expect(reply.json()).toMatchObject({
      status: 'succeeded',
      result: { published: false, documents: { ready: 1, failed: 0 } },
    });
    expect(service.trained.trainer.runs.at(-1)?.run.hyperparameters.epochs).toBe(5);
    const wrong = [{ name: 'publish', value: 'never' }, ...form.slice(1)];
    const refused = await service.call('POST', '/training/train', { form: wrong });
    expect(refused.json()).toMatchObject({ status: 400, issues: [{ path: 'publish' }] });
  });

  it('names every line that cannot be trained on', async () => {
    const lines = [...examplesOf('Line'), { question: 'Line 0?', answer: 'Something else.' }];
    const text = lines.map((example) => JSON.stringify(example)).join('\n');
    const reply = await service.call('POST', '/training/train', { form: [file(text, 'facts.jsonl', 'examples')] });
    expect(reply.json()).toMatchObject({ status: 400, issues: [{ path: 'line 9' }] });
  });

  it.each([
    ['an unknown hyperparameter', { hyperparameters: { colour: 1 } }, 400],
    ['a rate beyond all measure', { hyperparameters: { learning_rate: 7 } }, 400],
    ['a model that is none', { base_model: 'nobody' }, 404],
  ])('refuses %s', async (_, options, status) => {
    const json = { examples: examplesOf('Refused'), ...options };
    expect((await service.call('POST', '/training/train', { json })).statusCode).toBe(status);
  });

  it('needs the scope', async () => {
    const json = { examples: examplesOf('Refused') };
    const refused = await service.call('POST', '/training/train', { as: 'anaIngests', json });
    expect(refused.json()).toMatchObject({ status: 403, code: 'scope_missing' });
    for (const path of ['/training/versions', '/training/versions/ver_1', '/training/versions/ver_1/adapter']) {
      expect((await service.call('GET', path, { as: 'anaIngests' })).statusCode).toBe(403);
    }
  });
});

describe('versions', () => {
  it('are published, rolled back and deleted', async () => {
    judgement = accepted;
    const first = versionOf(await trained('One'));
    const manual = await trained('Two', { publish: 'manual' });
    expect(manual.result).toMatchObject({ published: false });
    const published = await service.call('POST', `/training/jobs/${manual.id}/publish`);
    expect(published.json()).toMatchObject({ id: versionOf(manual), in_force: true });
    const forbidden = await service.call('POST', '/training/rollback', { json: {} });
    expect(forbidden.json()).toMatchObject({ status: 403, code: 'forbidden' });
    const inUse = await service.call('DELETE', `/training/versions/${versionOf(manual)}`, { as: 'root' });
    expect(inUse.json()).toMatchObject({ status: 409, code: 'conflict' });
    const back = await service.call('POST', '/training/rollback', { as: 'root', json: { base_model: 'nano' } });
    expect(inForceSchema.strict().parse(back.json())).toMatchObject({ base_model: 'nano', version: first });
    const deleted = await service.call('DELETE', `/training/versions/${versionOf(manual)}`, { as: 'root' });
    expect(deleted.statusCode).toBe(204);
    const gone = await service.call('GET', `/training/versions/${versionOf(manual)}`);
    expect(gone.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('that were rejected are published with a reason', async () => {
    judgement = rejected;
    const job = await trained('Rejected', {}, { as: 'root' });
    expect(job).toMatchObject({ status: 'rejected', result: { accepted: false, gate: rejected.checks } });
    const path = `/training/jobs/${job.id}/publish`;
    const without = await service.call('POST', path, { as: 'root' });
    expect(without.json()).toMatchObject({ status: 400, issues: [{ path: 'reason' }] });
    const reply = await service.call('POST', path, { as: 'root', json: { reason: 'Sabemos o que fazemos.' } });
    expect(reply.json()).toMatchObject({
      in_force: true,
      override: { user: 'usr_root', reason: 'Sabemos o que fazemos.' },
    });
  });

  it('are downloaded as they were made', async () => {
    judgement = accepted;
    const id = versionOf(await trained('File'));
    const reply = await service.call('GET', `/training/versions/${id}/adapter`);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringContaining(`${id}.gguf`),
      'content-length': String(reply.rawPayload.length),
    });
    expect(JSON.parse(reply.payload)).toHaveProperty('training');
  });
});

describe('jobs of training', () => {
  it('are paused and resumed, and conflict where there is nothing to change', async () => {
    judgement = accepted;
    const { id } = await trained('Ended');
    for (const name of ['pause', 'resume', 'cancel']) {
      const reply = await service.call('POST', `/training/jobs/${id}/${name}`);
      expect(reply.json()).toMatchObject({ status: 409, code: 'conflict' });
    }
    const ingestion = await service.call('POST', '/training/train', { json: { documents: [{ text: 'One.' }] } });
    const job = ingestion.json<Job>().id;
    expect((await service.call('POST', `/training/jobs/${job}/pause`)).statusCode).toBe(409);
    expect((await service.call('POST', `/training/jobs/${job}/publish`)).statusCode).toBe(409);
  });
});
