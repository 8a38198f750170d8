import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createRemoteTrainer } from '../../src/services/trainer/remote/remote-trainer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTrainerServer } from '../support/trainer-server.ts';
import { factRun, trainToEnd } from '../support/training-runs.ts';

vi.setConfig({ testTimeout: 300_000 });

/** One with the packages of deploy/trainer. */
const python = process.env['BILLUMY_TEST_TRAINER_PYTHON'] ?? '';
const apiKey = 'a-key-of-the-test';
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());

describe.skipIf(python === '')(
  'the server of deploy/trainer (set BILLUMY_TEST_TRAINER_PYTHON to a Python to run it)',
  () => {
    it('goes on after it was killed, to the same adapter, and keeps nothing of a discarded run', async () => {
      const data = folder.file('data');
      const server = await startTrainerServer({ python, data, apiKey });
      const port = Number(new URL(server.url).port);
      await using trainer = createRemoteTrainer({ url: server.url, apiKey, folder: folder.file('runs') });
      const undisturbed = factRun();
      const whole = await trainToEnd(trainer, undisturbed);
      const killed = factRun();
      let again: Promise<Awaited<ReturnType<typeof startTrainerServer>>> | undefined;
      const revive = async () => {
        const ended = once(server.process, 'exit');
        server.process.kill('SIGKILL');
        await ended;
        return startTrainerServer({ python, data, apiKey, port });
      };
      const told = (): void => void (again ??= revive());
      const parted = await trainToEnd(trainer, killed, { told });
      await using revived = await again!;
      expect(parted.finished.sha256).toBe(whole.finished.sha256);
      expect(await readFile(parted.finished.adapterPath)).toEqual(await readFile(whole.finished.adapterPath));
      await trainer.discard(undisturbed.id);
      // Another service, which knows nothing of the run but its id.
      await using other = createRemoteTrainer({ url: server.url, apiKey, folder: folder.file('other-runs') });
      await other.discard(killed.id);
      expect(await readdir(folder.file('data/jobs'))).toEqual([]);
      const files = await readdir(folder.file('data/files'));
      expect(files).toEqual([expect.stringContaining(undisturbed.base.sha256.slice(0, 24))]);
      expect(revived.process.exitCode).toBeNull();
    });

    it('lets nobody in without the key, and takes no file that is too large or of no use', async () => {
      await using server = await startTrainerServer({ python, data: folder.file('guarded'), apiKey });
      const status = async (path: string, options: RequestInit = {}): Promise<number> =>
        (await fetch(server.url + path, options)).status;
      const headers = { authorization: `Bearer ${apiKey}` };
      expect(await status('/v1/files')).toBe(401);
      expect(await status('/v1/fine_tuning/jobs', { headers: { authorization: 'Bearer wrong' } })).toBe(401);
      expect(await status('/v1/files/..%2f..%2fetc', { headers })).toBe(404);
      expect(await status('/v1/models/..%2fjobs', { headers })).toBe(404);
      const upload = async (purpose: string, content: string): Promise<number> => {
        const body = new FormData();
        body.set('purpose', purpose);
        body.set('file', new Blob([content]), 'x');
        return status('/v1/files', { method: 'POST', headers, body });
      };
      expect(await upload('base-model', 'no model')).toBe(400);
      expect(await upload('assistants', 'x')).toBe(400);
      expect(await upload('fine-tune', '{"messages":[]}')).toBe(200);
      const body = JSON.stringify({ model: 'ab'.repeat(32), training_file: 'file-1' });
      const json = { ...headers, 'content-type': 'application/json' };
      expect(await status('/v1/fine_tuning/jobs', { method: 'POST', headers: json, body })).toBe(404);
    });
  },
);
