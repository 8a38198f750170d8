import { afterAll, expect, it } from 'vitest';
import { openDuckDbEngine } from '../../../src/services/data-engine/duckdb-engine.ts';
import { closeDataEngine, openTables, tableOf } from '../../support/data-session.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

afterAll(closeDataEngine);

it.each(['ENOSPC', 'EDQUOT'])('a table that finds no room on the disk (%s) is told as such', async (code) => {
  const source = tableOf('t', { format: 'csv', content: 'a\n1\n' });
  const content = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a\n');
    throw Object.assign(new Error('no room'), { code });
  };
  await expect(openTables([{ ...source, digest: `sha256:${code}`, content }])).rejects.toMatchObject({
    code: 'disk_full',
  });
});

it('a database that finds no room on the disk, where its table had some, is told as such', async ({ skip }) => {
  await using folder = await temporaryFolder();
  const disk = folder.file('disk');
  const unmount = await mountSmallDisk(disk, 1_536 * 1024);
  skip(unmount === undefined, 'nobody may mount here');
  try {
    await using engine = await openDuckDbEngine({ folder: `${disk}/tables` });
    const options = { signal: new AbortController().signal, deadlineMs: 60_000 };
    const line = (row: number): string => `${(row * 2_654_435_761) % 4_294_967_296} ${(row * 40_503) % 65_536}`;
    const content = `a\n${Array.from({ length: 60_000 }, (_, row) => line(row)).join('\n')}\n`;
    await expect(engine.open([tableOf('t', { format: 'csv', content })], options)).rejects.toMatchObject({
      code: 'disk_full',
    });
  } finally {
    unmount?.();
  }
});
