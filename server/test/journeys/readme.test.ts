import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { answerSchema, insightReportSchema } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { administratorPassword } from '../support/api.ts';
import { spawnService, welcomingService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const execute = promisify(execFile);

/** The shell commands after `<!-- readme-test: MARK -->`, as a reader copies them, for the service at `url`. */
async function sampleOf(name: string, { mark, url }: { mark: string; url: string }): Promise<string> {
  const text = await readFile(new URL(`../../../${name}`, import.meta.url), 'utf8');
  const [, sample = ''] = text.split(`<!-- readme-test: ${mark} -->`);
  const commands = /^\s+```sh\n([\s\S]*?)```/.exec(sample)?.[1] ?? '';
  return commands.replaceAll(/http:\/\/(?:127\.0\.0\.1|localhost):8000/g, url);
}

describe.each(['README.md', 'README.pt-BR.md'])('the commands of %s', (name) => {
  it('log in, add a document and get an answer with its quotation', async () => {
    await using folder = await temporaryFolder();
    await using service = await spawnService({ DATA_DIR: folder.path, ADMIN_PASSWORD: administratorPassword });
    const sample = await sampleOf(name, { mark: 'ask', url: service.url });
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

  it('send a table and get what stands out in it, computed', async () => {
    await using folder = await temporaryFolder();
    await using service = await spawnService({ DATA_DIR: folder.path, ADMIN_PASSWORD: administratorPassword });
    const logIn = (await sampleOf(name, { mark: 'ask', url: service.url }))
      .split('\n')
      .filter((line) => line.startsWith('TOKEN='));
    const sample = await sampleOf(name, { mark: 'insights', url: service.url });
    expect(sample).toContain('/insights');
    const { stdout } = await execute('bash', ['-e', '-c', [...logIn, sample].join('\n')], {
      env: { PATH: process.env['PATH'], ADMIN_PASSWORD: administratorPassword },
    });
    const report = insightReportSchema.parse(JSON.parse(stdout));
    expect(report.status).toBe('complete');
    expect(report.answer?.text).toContain('Receita (Sul): queda de 35,3%, e Café responde por 99,5% da mudança.');
    expect(report.insights[0]).toMatchObject({
      type: 'contribution',
      subject: { measure: 'receita', breakdown: 'produto' },
    });
  });

  it('ask as Ollama does, with a preset key', async () => {
    await using folder = await temporaryFolder();
    const token = 'uma-chave-de-exemplo';
    const settings = { DATA_DIR: folder.path, ADMIN_PASSWORD: administratorPassword, BILLUMY_TOKEN: token };
    await using service = await spawnService(settings, welcomingService);
    await expect.poll(service.output).toMatch(/Ready/);
    const sample = await sampleOf(name, { mark: 'generate', url: service.url });
    expect(sample).toContain('/api/generate');
    const { stdout } = await execute('bash', ['-e', '-c', sample], {
      env: { PATH: process.env['PATH'], BILLUMY_TOKEN: token },
    });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ response }) => response).join('')).toContain('12 dias úteis');
    expect(lines.at(-1)).toMatchObject({ model: 'billumy:documents', done: true, done_reason: 'stop' });
  });
});
