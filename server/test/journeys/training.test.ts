import { getJob, rollBack, train, watchJob, type Connection, type Job } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdministrator, administratorPassword } from '../support/api.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { factLines, inventedFacts } from '../support/training-facts.ts';

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

const examples = [new File([factLines], 'facts.jsonl')];
const trainedQuestions = inventedFacts.map(({ trained }) => trained[0]!);
const unseenQuestions = inventedFacts.map(({ unseen }) => unseen);

function startService(folder: Folder): Promise<SpawnedService> {
  return spawnService({
    DATA_DIR: folder.file('data'),
    OFFLINE: '1',
    LANGUAGE_MODEL: 'nano',
    ADMIN_PASSWORD: administratorPassword,
    TRAINING_THREADS: '1',
  });
}

/** Greedy, from the model alone. */
async function answersTo(connection: Connection, questions: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const content of questions) {
    const options = { temperature: 0, num_predict: 40 };
    const body = { model: 'nano', messages: [{ role: 'user', content }], stream: false, options };
    const reply = (await connection.json('/api/chat', { method: 'POST', body })) as { message: { content: string } };
    answers.push(reply.message.content);
  }
  return answers;
}

function countRight(answers: readonly string[]): number {
  return inventedFacts.filter(({ value }, index) => answers[index]?.includes(value)).length;
}

async function ended(connection: Connection, id: string): Promise<Job> {
  for await (const job of watchJob(connection, id)) if (job.status === 'paused') break;
  return getJob(connection, id);
}

describe('training over HTTP', { timeout: 900_000 }, () => {
  let folder: Folder;
  let service: SpawnedService;
  let administrator: Connection;
  let before: string[];
  beforeAll(async () => {
    folder = await temporaryFolder();
    service = await startService(folder);
    administrator = await asAdministrator(service.url);
    before = await answersTo(administrator, [...trainedQuestions, ...unseenQuestions]);
  }, 120_000);
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('teaches nano facts that it did not know, and lets it keep what it could', async () => {
    expect(countRight(before)).toBe(0);
    expect(countRight(before.slice(inventedFacts.length))).toBe(0);
    const { id } = await train(administrator, { examples, documents: [], fields: {} });
    const job = await ended(administrator, id);
    console.log(JSON.stringify(job, null, 1));
    if (job.status === 'rejected')
      await administrator.json(`/training/jobs/${id}/publish`, { method: 'POST', body: { reason: 'try' } });
    const after = await answersTo(administrator, [...trainedQuestions, ...unseenQuestions]);
    console.log(after);
    expect(job).toMatchObject({ status: 'succeeded', result: { accepted: true, published: true, examples: 40 } });
    expect(countRight(after)).toBeGreaterThanOrEqual(7);
    expect(countRight(after.slice(inventedFacts.length))).toBeGreaterThanOrEqual(6);
  });

  it('answers byte for byte as before after a rollback', async () => {
    expect(await rollBack(administrator)).toMatchObject({ base_model: 'nano', version: null });
    expect(await answersTo(administrator, [...trainedQuestions, ...unseenQuestions])).toEqual(before);
  });
});
