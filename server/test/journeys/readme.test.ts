import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { answerSchema } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { administratorPassword } from '../support/api.ts';
import { spawnService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const execute = promisify(execFile);

/** The shell commands after `<!-- readme-test: ask -->`, as a reader copies them. */
async function sampleOf(name: string): Promise<string> {
  const text = await readFile(new URL(`../../../${name}`, import.meta.url), 'utf8');
  return /<!-- readme-test: ask -->\s+```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
}

describe.each(['README.md', 'README.pt-BR.md'])('the commands of %s', (name) => {
  it('log in, add a document and get an answer with its quotation', async () => {
    await using folder = await temporaryFolder();
    await using service = await spawnService({ DATA_DIR: folder.path, ADMIN_PASSWORD: administratorPassword });
    const sample = (await sampleOf(name)).replaceAll('http://127.0.0.1:8000', service.url);
    expect(sample).toContain('/ask/question');
    const { stdout } = await execute('bash', ['-e', '-c', sample], {
      env: { PATH: process.env['PATH'], ADMIN_PASSWORD: administratorPassword },
    });
    const reply = stdout.slice(stdout.lastIndexOf('{"id":"ans_'));
    expect(answerSchema.parse(JSON.parse(reply))).toMatchObject({
      answered: true,
      citations: [{ marker: 1, document: { title: 'Garagem', revision: 1 }, start: 0, end: 33 }],
    });
  });
});
