import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, connect } from '@billumy/protocol';
import { expect, it, vi } from 'vitest';
import { createMongoArchive } from '../../src/db/mongodb/archive/mongo-archive.ts';
import type { ArchiveKind } from '../../src/models/archive.ts';
import { createClosingList } from '../../src/process/closing-list.ts';
import { openInstallation } from '../../src/wire/open-installation.ts';
import { administratorPassword } from '../support/api.ts';
import { everythingIn, filledFolder } from '../support/archive-installations.ts';
import { sampleRecords } from '../support/archive-records.ts';
import { expectToGoOn, liveIn } from '../support/lived-in.ts';
import { describeOnMongo, mongoBackend, mongoUrl } from '../support/mongo-backend.ts';
import { runCommandLine } from '../support/run-command-line.ts';
import { spawnService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 240_000 });

const pollMs = 10;
const program = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

function addressOf(database: string): string {
  const url = new URL(mongoUrl);
  url.pathname = `/${database}`;
  return url.href;
}

const settings = { ADMIN_PASSWORD: administratorPassword, LANGUAGE_MODEL: 'nano' };

async function recordsIn(folder: string): Promise<Record<string, unknown[]>> {
  await using closing = createClosingList();
  const { archive } = await openInstallation({ folder, mongoUrl: null }, { closing, mustExist: true });
  return await everythingIn(archive);
}

describeOnMongo(() => {
  it('moves an installation into MongoDB and back, and it goes on in each place', async () => {
    await using folder = await temporaryFolder();
    await using backend = await mongoBackend((connection) => connection);
    const url = addressOf(backend.database);
    const [data, back] = [folder.file('data'), folder.file('back')];
    await using embedded = await spawnService({ ...settings, DATA_DIR: data });
    const lived = await liveIn(embedded.url);
    await embedded.stop('SIGTERM');

    // By the name of the setting, so that a password in the address is not among the words of a command.
    const environment = { MONGO_URL: url, DATA_DIR: data };
    const there = await runCommandLine(['migrate', '--from', data, '--to', 'MONGO_URL'], { environment });
    expect(there.errors).toContain('The search index is not copied');
    expect(there.code).toBe(0);
    const again = await runCommandLine(['migrate', '--from', data, '--to', url]);
    expect(again.errors).toContain('The target holds data already');
    expect((await runCommandLine(['migrate', '--from', url, '--to', back])).code).toBe(0);
    expect(await recordsIn(back)).toEqual(await recordsIn(data));

    await using distributed = await spawnService({ ...settings, DATA_DIR: folder.file('models'), MONGO_URL: url });
    await expectToGoOn(distributed.url, lived);
    await distributed.stop('SIGTERM');
    const backup = folder.file('backup');
    const saved = await runCommandLine(['backup', backup], { environment });
    expect(saved.code).toBe(0);
    const later = folder.file('later');
    expect((await runCommandLine(['restore', backup, '--data', later])).code).toBe(0);
    expect((await runCommandLine(['migrate', '--from', url, '--to', folder.file('after')])).code).toBe(0);
    expect(await recordsIn(folder.file('after'))).toEqual(await recordsIn(later));
    await using returned = await spawnService({ ...settings, DATA_DIR: back });
    await expectToGoOn(returned.url, lived);
  });

  it('is backed up while it answers, and the backup can be restored', async () => {
    await using folder = await temporaryFolder();
    await using backend = await mongoBackend((connection) => connection);
    const installation = { ...settings, DATA_DIR: folder.file('models'), MONGO_URL: addressOf(backend.database) };
    await using service = await spawnService(installation);
    const lived = await liveIn(service.url);
    const asker = connect({ url: service.url, token: lived.key });
    const stopping = new AbortController();
    const asking = (async () => {
      while (!stopping.signal.aborted) await ask(asker, { question: lived.question });
    })();
    const backups = [1, 2, 3].map((number) => folder.file(`backup-${number}`));
    for (const backup of backups) {
      const made = await runCommandLine(['backup', backup], { environment: installation });
      expect(made).toMatchObject({ code: 0 });
    }
    stopping.abort();
    await asking;
    for (const [index, backup] of backups.entries()) {
      const restored = await runCommandLine(['restore', backup, '--data', folder.file(`restored-${index}`)]);
      expect(restored).toMatchObject({ code: 0 });
    }
    await using second = await spawnService({ ...settings, DATA_DIR: folder.file('restored-2') });
    await expectToGoOn(second.url, lived);
  });

  it('goes on after it was killed, however often', async () => {
    await using source = await filledFolder();
    const [job] = sampleRecords().jobs;
    const jobs = Array.from({ length: 4000 }, (_, index) => ({
      ...job!,
      id: `job_9${String(index).padStart(5, '0')}`,
    }));
    await source.archive.write('jobs', jobs);
    await using backend = await mongoBackend(createMongoArchive, { duringCopy: true });
    const archive = await backend.open();
    const words = ['migrate', '--from', source.path, '--to', addressOf(backend.database)];
    const has = (kind: ArchiveKind, records: number) => async (): Promise<boolean> =>
      (await archive.count(kind)) >= records;
    for (const isThere of [has('secrets', 1), has('turns', 1), has('jobs', 1), has('jobs', 2000)]) {
      expect(await runUntil(isThere, words)).toEqual({ code: null, signal: 'SIGKILL' });
      expect(await archive.state()).toMatchObject({ state: 'copying' });
    }
    expect((await runCommandLine(words)).code).toBe(0);
    expect(await archive.state()).toEqual({ state: 'usable' });
    expect(await everythingIn(archive)).toEqual(await everythingIn(source.archive));
  });
});

/** Kills the program as soon as something is so; how it ended, which may have been by itself. */
async function runUntil(
  isSo: () => Promise<boolean>,
  words: readonly string[],
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, [program, ...words], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8' },
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  while (child.exitCode === null && !(await isSo())) await delay(pollMs);
  child.kill('SIGKILL');
  const [code, signal] = await exited;
  return { code, signal };
}
