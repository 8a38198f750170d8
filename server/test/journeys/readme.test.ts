import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { answerSchema, insightReportSchema } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorPassword } from '../support/api.ts';
import { spawnService, welcomingService, type SpawnedService } from '../support/spawn-service.ts';
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
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let service: SpawnedService;
  beforeAll(async () => {
    folder = await temporaryFolder();
    service = await spawnService({ DATA_DIR: folder.file('data'), ADMIN_PASSWORD: administratorPassword });
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('log in, add a document and get an answer with its quotation', async () => {
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
    const token = 'uma-chave-de-exemplo';
    const settings = { DATA_DIR: folder.file('preset'), ADMIN_PASSWORD: administratorPassword, BILLUMY_TOKEN: token };
    await using preset = await spawnService(settings, welcomingService);
    await expect.poll(preset.output).toMatch(/Ready/);
    const sample = await sampleOf(name, { mark: 'generate', url: preset.url });
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
