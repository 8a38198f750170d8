import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

// Run from the root of the project: npx tsc -b && node scripts/dist/build-scan-kernel.js && npx oxfmt server/src

const folder = 'server/src/services/search/sqlite';

/** Assembles a WebAssembly text module; the same source always gives the same bytes. */
export async function assemble(source: string): Promise<Uint8Array> {
  const { parseWat } = await wabt();
  return parseWat('scan.wat', source, { simd: true }).toBinary({}).buffer;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const base64 = Buffer.from(await assemble(await readFile(`${folder}/scan.wat`, 'utf8'))).toString('base64');
  await writeFile(
    `${folder}/scan-kernel-bytes.ts`,
    `/** Built from scan.wat by scripts/build-scan-kernel.ts; a test compares both. */\nexport const scanKernelBytes =\n  '${base64}';\n`,
  );
}
