import { afterAll, expect, it } from 'vitest';
import { closeDataEngine, openTables, tableOf } from '../../support/data-session.ts';

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
