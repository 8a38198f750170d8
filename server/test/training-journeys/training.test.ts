import { writeFile } from 'node:fs/promises';
import { connect, jobSchema, logIn, type Connection } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../../src/core/knowledge/ingestion/pause.ts';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { administratorPassword } from '../support/api.ts';
import { complete, question } from '../support/engine-calls.ts';
import { runCommandLine, type CommandLineResult } from '../support/run-command-line.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { factLines, inventedFacts } from '../support/training-facts.ts';

/** Where nothing is downloaded from. */
const url = 'http://127.0.0.1:1';
type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

/** Between the questions of whoever asks while it learns. */
const pauseMs = 500;
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

describe('training over HTTP', { timeout: 900_000 }, () => {
  let folder: Folder;
  let service: SpawnedService;
  let administrator: Connection;
  let token: string;
  let before: string[];
  beforeAll(async () => {
    folder = await temporaryFolder();
    service = await startService(folder);
    await writeFile(folder.file('facts.jsonl'), factLines);
    const login = { username: 'admin', password: administratorPassword };
    ({ access_token: token } = await logIn(connect({ url: service.url }), login));
    administrator = connect({ url: service.url, token });
    before = await answersTo(administrator, [...trainedQuestions, ...unseenQuestions]);
  }, 120_000);
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  function billumy(...words: string[]): Promise<CommandLineResult> {
    return runCommandLine(words, { environment: { BILLUMY_SERVICE: service.url, BILLUMY_API_KEY: token } });
  }

  /** Asks one question again and again; gives the different answers. */
  async function askUntil(ended: Promise<unknown>): Promise<Set<string>> {
    const answers = new Set<string>();
    const over = new AbortController();
    const stop = (): void => over.abort();
    void ended.then(stop, stop);
    while (!over.signal.aborted) {
      for (const answer of await answersTo(administrator, trainedQuestions.slice(0, 1))) answers.add(answer);
      await pause(pauseMs, over.signal);
    }
    return answers;
  }

  it('teaches nano facts that it did not know, lets it keep what it could, and drops no request', async () => {
    expect(countRight(before)).toBe(0);
    expect(countRight(before.slice(inventedFacts.length))).toBe(0);
    const learning = billumy('train', folder.file('facts.jsonl'), '--wait', '--json');
    const [{ output }, asked] = await Promise.all([learning, askUntil(learning)]);
    const job = jobSchema.parse(JSON.parse(output));
    expect(job).toMatchObject({ status: 'succeeded', result: { accepted: true, published: true } });
    const gate = job.result?.['gate'] as { name: string; before: number; after: number; passed: boolean }[];
    expect(gate.map(({ name, passed }) => [name, passed])).toEqual([
      ['heldOutNll', true],
      ['replayNll', true],
      ['taughtExact', true],
      ['heldOutExact', true],
      ['retrieval', true],
    ]);
    const after = await answersTo(administrator, [...trainedQuestions, ...unseenQuestions]);
    expect(countRight(after)).toBeGreaterThanOrEqual(7);
    expect(countRight(after.slice(inventedFacts.length))).toBeGreaterThanOrEqual(6);
    expect([...asked].filter((answer) => answer !== before[0] && answer !== after[0])).toEqual([]);
    const listed = await billumy('versions', '--language', 'en');
    expect(listed.output).toMatch(/^\* ver_\w+ +nano .* 40 examples +answers\n$/);
  });

  it('gives what it learned as one file that answers alike without an adapter', async () => {
    const [version] = JSON.parse((await billumy('versions', '--json')).output) as { id: string }[];
    const path = folder.file('merged.gguf');
    const exported = await billumy('versions', 'export', version!.id, '--merged', '--out', path, '--language', 'en');
    expect([exported.code, exported.errors]).toEqual([0, `Exported to ${path}.\n`]);
    const files = createModelFiles({ directory: folder.path, bundledDirectory: 'models/nano', baseUrl: url });
    await using engine = createLlamaEngine({ files, threads: 1 });
    const expected = await answersTo(administrator, trainedQuestions);
    for (const [index, asked] of trainedQuestions.entries()) {
      expect((await complete(engine, question(path, asked, { maxTokens: 40 }))).text).toBe(expected[index]);
    }
  });

  it('answers byte for byte as before after a rollback', async () => {
    const { code, errors } = await billumy('rollback', '--language', 'en');
    expect([code, errors]).toEqual([0, 'nano answers as it came.\n']);
    expect(await answersTo(administrator, [...trainedQuestions, ...unseenQuestions])).toEqual(before);
  });
});
