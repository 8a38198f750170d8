import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { answerSchema } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { spawnService, welcomingService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const execute = promisify(execFile);

/** The command from `curl` to the empty line after it. */
function printedCommand(output: string): string {
  return /^(curl [\s\S]*?)\n\n/m.exec(output)?.[1] ?? '';
}

describe('the first start', () => {
  it('answers a question from the samples, and the printed command answers the next one', async () => {
    await using folder = await temporaryFolder();
    await using service = await spawnService({ DATA_DIR: folder.file('data') }, welcomingService);
    await expect.poll(service.output).toMatch(/^Ready\./m);
    expect(service.output()).toMatch(/Question\s+How long do orders to Japan take\?/);
    expect(service.output()).toMatch(/Answer\s+.*21 business days/);
    expect(service.output()).toMatch(/Source\s+\[1\] Shipping policy: ".*21 business days/);
    const command = printedCommand(service.output());
    expect(command).toContain(`${service.url}/ask/question`);
    const { stdout } = await execute('bash', ['-c', command]);
    const answer = answerSchema.parse(JSON.parse(stdout));
    expect(answer).toMatchObject({ answered: true, citations: [{ quote: expect.stringContaining('Carla Nunes') }] });
  });

  it('shows the samples once', async () => {
    await using folder = await temporaryFolder();
    const settings = { DATA_DIR: folder.file('data'), BILLUMY_LANGUAGE: 'pt' };
    await using first = await spawnService(settings, welcomingService);
    await expect.poll(first.output).toMatch(/^Pronto\./m);
    expect(first.output()).toMatch(/Resposta\s+.*12 dias úteis/);
    expect(await first.stop('SIGINT')).toEqual({ code: 0, signal: null });
    await using second = await spawnService(settings, welcomingService);
    await expect.poll(second.output).toMatch(/^Pronto\./m);
    expect(second.output()).not.toMatch(/curl|Senha|Pergunta/);
  });

  it('leaves the samples out when asked to', async () => {
    await using folder = await temporaryFolder();
    const program = [...welcomingService, '--no-examples'];
    await using service = await spawnService({ DATA_DIR: folder.file('data') }, program);
    await expect.poll(service.output).toMatch(/^Ready\./m);
    expect(service.output()).toMatch(/Password, shown this once: \S+/);
    expect(service.output()).not.toContain('curl');
  });
});
