import { copyFile, readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { trainerContract } from '../contracts/trainer-contract.ts';
import { createTrainers } from '../support/remote-trainers.ts';
import { complete, question } from '../support/engine-calls.ts';
import { writeTinyReranker } from '../support/synthetic-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { inventedFacts, itemsForNano, nanoBase } from '../support/training-items.ts';
import { factRun, trainToEnd } from '../support/training-runs.ts';

vi.setConfig({ testTimeout: 300_000 });

/** A server of `deploy/trainer`, or one like it. */
const url = process.env['BILLUMY_TEST_TRAINER_URL'] ?? '';
const apiKey = process.env['BILLUMY_TEST_TRAINER_API_KEY'] ?? null;

const folder = await temporaryFolder();
const models = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const engine = createLlamaEngine({ files: models, threads: 1 });
const reranker = folder.file('reranker.gguf');
await writeTinyReranker(reranker);
const trainers = createTrainers({ url, apiKey, folder: folder.path });
afterAll(async () => {
  await trainers[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});
const { open } = trainers;

describe.skipIf(url === '')(
  'a real trainer (set BILLUMY_TEST_TRAINER_URL to the address of one to run it)',
  async () => {
    trainerContract('remote', {
      open: () => open('contract'),
      base: await nanoBase(),
      items: url === '' ? [] : await itemsForNano(engine, inventedFacts),
      untrainable: { model: 'reranker', path: reranker, sha256: '0'.repeat(64) },
    });

    it('makes an adapter with which the engine that serves answers as it learnt', async () => {
      const trainer = open('learns');
      const run = factRun();
      const { finished } = await trainToEnd(trainer, run);
      const adapter = `sha256:${finished.sha256}`;
      const path = folder.file('learnt.gguf');
      await copyFile(finished.adapterPath, path);
      await trainer.discard(run.id);
      const files = {
        profile: (name: string) => models.profile(name),
        findPath: async (name: string) => (name === adapter ? path : models.findPath(name)),
      };
      await using serving = createLlamaEngine({ files, threads: 1 });
      const [first] = run.training;
      const asked = question('nano', first!.example.prompt[0]!.text);
      const { text } = await complete(serving, { ...asked, adapter });
      expect(text).toBe(first!.example.answer);
      expect((await complete(serving, asked)).text).not.toBe(first!.example.answer);
    });

    it('goes on where it was stopped, from another service, to the same adapter', async () => {
      const [here, there] = [open('here'), open('there')];
      const undisturbed = await trainToEnd(here, factRun());
      const run = factRun();
      const controller = new AbortController();
      const stopped = trainToEnd(here, run, {
        signal: controller.signal,
        told: (event) => {
          if (event.type === 'step' && event.step === 9) controller.abort(new Error('enough'));
        },
      });
      await expect(stopped).rejects.toThrow('enough');
      const { finished, events } = await trainToEnd(there, run);
      expect(events[0]).toMatchObject({ type: 'started', resumedAt: expect.toSatisfy((step: number) => step >= 9) });
      expect(await readFile(finished.adapterPath)).toEqual(await readFile(undisturbed.finished.adapterPath));
      await there.discard(run.id);
    });

    it('refuses an example that is longer than the context', async () => {
      const trainer = open('long');
      const run = factRun();
      const long = {
        ...run.training[0]!,
        example: { prompt: run.training[0]!.example.prompt, answer: 'a b '.repeat(40_000) },
      };
      await expect(trainToEnd(trainer, { ...run, training: [long] })).rejects.toMatchObject({
        code: 'training_failed',
      });
      await trainer.discard(run.id);
    });
  },
);
