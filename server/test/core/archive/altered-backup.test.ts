import { appendFile, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyInstallation } from '../../../src/core/archive/copy-installation.ts';
import { emptyBackup, emptyFolder, everythingIn, filledFolder } from '../../support/archive-installations.ts';
import { sampleContents } from '../../support/archive-records.ts';

const { signal } = new AbortController();

interface Alteration {
  what: string;
  file: string;
  alter(path: string): Promise<void>;
  says: string;
}

const rewrite =
  (from: string | RegExp, to: string) =>
  async (path: string): Promise<void> => {
    const text = await readFile(path, 'utf8');
    const altered = text.replace(from, to);
    expect(altered).not.toBe(text);
    await writeFile(path, altered);
  };
const shorten = async (path: string): Promise<void> => truncate(path, (await stat(path)).size - 1);
const originalHash = sampleContents[0]!.ref.hash;
const textHash = sampleContents[1]!.ref.hash;
const contentPath = (hash: string): string => `contents/${hash.slice(0, 2)}/${hash}`;

const alterations: Alteration[] = [
  {
    what: 'a value that is as valid as the one before',
    file: 'records/users.ndjson',
    alter: rewrite('"role":"member"', '"role":"admin"'),
    says: 'its users differ',
  },
  {
    what: 'a line that is missing',
    file: 'records/turns.ndjson',
    alter: rewrite(/^[^\n]*\n/, ''),
    says: 'its turns differ',
  },
  {
    what: 'a line that is there twice',
    file: 'records/usage.ndjson',
    alter: rewrite(/^([^\n]*\n)/, '$1$1'),
    says: 'its usage differ',
  },
  { what: 'a kind that is missing', file: 'records/jobs.ndjson', alter: (path) => rm(path), says: 'its jobs differ' },
  {
    what: 'a line cut in the middle',
    file: 'records/personas.ndjson',
    alter: async (path) => truncate(path, (await stat(path)).size - 9),
    says: 'records/personas.ndjson, line 2: not JSON',
  },
  {
    what: 'a field of another type',
    file: 'records/users.ndjson',
    alter: rewrite('"disabled":true', '"disabled":"yes"'),
    says: 'records/users.ndjson, line 2: disabled: ',
  },
  {
    what: 'a field that nobody knows',
    file: 'records/api-keys.ndjson',
    alter: rewrite('{"id"', '{"isRoot":true,"id"'),
    says: 'records/api-keys.ndjson, line 1: ',
  },
  {
    what: 'a document whose id leads out of the folder',
    file: 'records/documents.ndjson',
    alter: rewrite(/"id":"doc_[0-9a-f]+"/, '"id":"doc_/../../../../escaped"'),
    says: 'records/documents.ndjson, line 1: id: ',
  },
  {
    what: 'a content whose hash leads out of the folder',
    file: 'records/documents.ndjson',
    alter: rewrite(originalHash, '../../../escaped'),
    says: 'records/documents.ndjson, line 1: revisions.0.contentHash: ',
  },
  {
    what: 'a content with other bytes',
    file: contentPath(originalHash),
    alter: (path) => writeFile(path, 'something else'),
    says: 'The original of revision 1 of document doc_',
  },
  { what: 'a content that was cut', file: contentPath(originalHash), alter: shorten, says: 'The original of revision' },
  { what: 'a content that is missing', file: contentPath(textHash), alter: (path) => rm(path), says: 'The text of' },
  {
    what: 'a manifest without its end',
    file: 'manifest.json',
    alter: async (path) => truncate(path, (await stat(path)).size - 3),
    says: 'manifest.json of the backup is damaged',
  },
  {
    what: 'a manifest that leaves a kind out',
    file: 'manifest.json',
    alter: rewrite('"users"', '"turns"'),
    says: 'its users differ',
  },
  {
    what: 'a manifest of a later version',
    file: 'manifest.json',
    alter: rewrite('"version": 1', '"version": 2'),
    says: 'a newer version of Billumy',
  },
];

describe('restoring a backup', () => {
  it.each(alterations)('refuses $what before anything is written', async ({ file, alter, says }) => {
    await using source = await filledFolder();
    await using backup = await emptyBackup();
    await copyInstallation({ source, target: backup, signal });
    await alter(`${backup.path}/${file}`);
    await using target = await emptyFolder();
    const before = await everythingIn(target.archive);
    await expect(copyInstallation({ source: backup, target, signal })).rejects.toMatchObject({
      code: 'storage_failed',
      detail: expect.stringContaining(says) as string,
    });
    expect(await target.archive.state()).toEqual({ state: 'usable' });
    expect(await everythingIn(target.archive)).toEqual(before);
  });

  it('refuses a backup that was never completed', async () => {
    await using backup = await emptyBackup();
    await backup.archive.beginCopy('origin');
    await using target = await emptyFolder();
    await expect(copyInstallation({ source: backup, target, signal })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is made where only its owner may read it', async () => {
    await using source = await filledFolder();
    await using backup = await emptyBackup();
    await copyInstallation({ source, target: backup, signal });
    for (const file of ['manifest.json', 'records/users.ndjson', contentPath(textHash)]) {
      expect((await stat(`${backup.path}/${file}`)).mode & 0o777).toBe(0o600);
      expect((await stat(dirname(`${backup.path}/${file}`))).mode & 0o777).toBe(0o700);
    }
  });

  it('is not made into a folder with other things in it', async () => {
    await using source = await filledFolder();
    await using backup = await emptyBackup();
    await mkdir(backup.path, { recursive: true });
    await writeFile(`${backup.path}/letter.txt`, 'dear');
    await expect(copyInstallation({ source, target: backup, signal })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('not empty') as string,
    });
  });

  it('goes on behind the last whole line, when the power failed while a line was written', async () => {
    await using source = await filledFolder();
    await using backup = await emptyBackup();
    const stopping = new AbortController();
    const onProgress = ({ step, kind }: { step: string; kind?: string }): void => {
      if (step === 'copying' && kind === 'api-keys') stopping.abort(new Error('enough'));
    };
    const stopped = copyInstallation({ source, target: backup, signal: stopping.signal, onProgress });
    await expect(stopped).rejects.toThrow('enough');
    await appendFile(`${backup.path}/records/users.ndjson`, '{"id":"usr_3","userna');
    await copyInstallation({ source, target: backup, signal });
    expect(await everythingIn(backup.archive)).toEqual(await everythingIn(source.archive));
  });
});
