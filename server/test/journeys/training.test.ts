import { getJob, train, watchJob, type Connection, type Job } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { asAdministrator, administratorPassword } from '../support/api.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { inventedFacts } from '../support/training-facts.ts';

const settings = (folder: string): Record<string, string> => ({
  DATA_DIR: folder,
  OFFLINE: '1',
  LANGUAGE_MODEL: 'nano',
  ADMIN_PASSWORD: administratorPassword,
  TRAINING_THREADS: '1',
  ENGINE_THREADS: '1',
});

const lines = inventedFacts
  .flatMap(({ trained, answer }) => trained.map((question) => JSON.stringify({ question, answer })))
  .join('\n');
const examples = [new File([lines], 'facts.jsonl')];

async function answerOf(connection: Connection, question: string): Promise<string> {
  const body = { model: 'nano', messages: [{ role: 'user', content: question }], stream: false, options: { temperature: 0, num_predict: 40 } };
  const reply = (await connection.json('/api/chat', { method: 'POST', body })) as { message: { content: string } };
  return reply.message.content.trim();
}

async function rightAnswers(connection: Connection, questions: readonly (readonly [string, string])[]): Promise<number> {
  let right = 0;
  for (const [question, answer] of questions) {
    const said = await answerOf(connection, question);
    console.log(question, '→', said);
    if (said === answer) right += 1;
  }
  return right;
}

async function ended(connection: Connection, id: string): Promise<Job> {
  for await (const job of watchJob(connection, id)) if (job.progress.done % 20 === 0) console.log(job.status, JSON.stringify(job.progress));
  return getJob(connection, id);
}

const known = inventedFacts.map(({ trained, answer }) => [trained[0]!, answer] as const);
const unseen = inventedFacts.map(({ unseen, answer }) => [unseen, answer] as const);

describe('training nano over HTTP', { timeout: 600_000 }, () => {
  it('learns', async () => {
    await using folder = await temporaryFolder();
    await using service: SpawnedService = await spawnService(settings(folder.file('data')));
    const admin = await asAdministrator(service.url);
    console.log('before', await rightAnswers(admin, known));
    const t = Date.now();
    const queued = await train(admin, { examples, documents: [], fields: {} });
    const job = await ended(admin, queued.id);
    console.log(Date.now() - t, JSON.stringify(job, null, 1), service.errors());
    if (job.status === 'rejected') await admin.json(`/training/jobs/${job.id}/publish`, { method: 'POST', body: { reason: 'try' } });
    console.log('after', await rightAnswers(admin, known), await rightAnswers(admin, unseen));
    expect(job.status).toBe('succeeded');
  });
});
