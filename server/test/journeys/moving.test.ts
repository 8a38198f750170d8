import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { administratorPassword } from '../support/api.ts';
import { expectToGoOn, liveIn } from '../support/lived-in.ts';
import { runCommandLine } from '../support/run-command-line.ts';
import { spawnService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const settingsOf = (folder: string) => ({
  DATA_DIR: folder,
  ADMIN_PASSWORD: administratorPassword,
  LANGUAGE_MODEL: 'nano',
});

describe('a backup', { timeout: 180_000 }, () => {
  it('is restored into an empty folder, where the service goes on as if nothing had happened', async () => {
    await using folder = await temporaryFolder();
    const [data, backup, restored] = [folder.file('data'), folder.file('backup'), folder.file('restored')];
    await using first = await spawnService(settingsOf(data));
    const lived = await liveIn(first.url);

    const busy = await runCommandLine(['backup', backup, '--data', data]);
    expect(busy.code).toBe(1);
    expect(busy.errors).toContain('Another service is using the folder of DATA_DIR');
    await first.stop('SIGTERM');

    const made = await runCommandLine(['backup', backup, '--data', data]);
    expect(made.errors).toContain('The search index is not copied');
    expect(made.code).toBe(0);
    expect(made.output).toMatch(/users\s+1\s+verified/);
    expect(made.output).toMatch(/documents\s+2\s+verified/);
    expect(made.output).toMatch(/turns\s+2\s+verified/);

    const again = await runCommandLine(['backup', backup, '--data', data]);
    expect(again.code).toBe(1);
    expect(again.errors).toContain('The target holds data already');

    const back = await runCommandLine(['restore', backup, '--data', restored, '--json']);
    expect(back.code).toBe(0);
    expect(JSON.parse(back.output)).toMatchObject({ missingModelFiles: [], modelFiles: 0 });
    await using second = await spawnService(settingsOf(restored));
    await expectToGoOn(second.url, lived);
  });

  it('is refused when it was altered, and nothing is restored', async () => {
    await using folder = await temporaryFolder();
    const [data, backup, restored] = [folder.file('data'), folder.file('backup'), folder.file('restored')];
    await using service = await spawnService(settingsOf(data));
    await service.stop('SIGTERM');
    expect((await runCommandLine(['backup', backup, '--data', data])).code).toBe(0);
    const users = `${backup}/records/users.ndjson`;
    await writeFile(users, (await readFile(users, 'utf8')).replace('"admin"', '"root"'));
    const refused = await runCommandLine(['restore', backup, '--data', restored]);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('its users differ');
  });

  it('keeps a service from starting on a folder in which a copy was interrupted', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('copying'), 'origin');
    await expect(spawnService(settingsOf(folder.path))).rejects.toThrow('holds a copy that was interrupted');
  });

  it.each([
    { what: 'no folder', words: ['backup'], code: 2, says: 'One folder' },
    {
      what: 'a folder without data',
      words: ['backup', '/tmp/unused', '--data', '/tmp/absent'],
      code: 1,
      says: 'no data in that folder',
    },
    {
      what: 'a folder without a backup',
      words: ['restore', '/tmp', '--data', '/tmp/absent'],
      code: 1,
      says: 'no complete backup',
    },
    { what: 'one place only', words: ['migrate', '--from', 'x'], code: 2, says: '--from and --to' },
    { what: 'one place twice', words: ['migrate', '--from', 'x', '--to', './x'], code: 1, says: 'are the same' },
    {
      what: 'a setting that is not there',
      words: ['migrate', '--from', 'x', '--to', 'MONGO_URL'],
      code: 1,
      says: 'no MONGO_URL',
    },
  ])('is not begun with $what', async ({ words, code, says }) => {
    const result = await runCommandLine(words);
    expect(result.errors).toContain(says);
    expect(result.code).toBe(code);
  });
});
