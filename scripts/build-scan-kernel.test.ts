import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { assemble } from './build-scan-kernel.ts';

const folder = new URL('../server/src/services/search/sqlite/', import.meta.url);

it('the committed kernel is what its source assembles to', async () => {
  const bytes = await assemble(await readFile(new URL('scan.wat', folder), 'utf8'));
  const committed = await readFile(new URL('scan-kernel-bytes.ts', folder), 'utf8');
  expect(committed).toContain(`'${Buffer.from(bytes).toString('base64')}'`);
});
