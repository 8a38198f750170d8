import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorPassword } from '../support/api.ts';
import { freePort } from '../support/free-port.ts';
import { runCommandLine, type CommandLineResult } from '../support/run-command-line.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let service: SpawnedService;

beforeAll(async () => {
  folder = await temporaryFolder();
  service = await spawnService({ DATA_DIR: folder.file('data'), ADMIN_PASSWORD: administratorPassword });
  await mkdir(folder.file('nothing'));
  await writeFile(folder.file('noise.dat'), Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 9]));
  await writeFile(folder.file('empty.txt'), '');
  expect((await billumy(['login', '--username', 'admin'], `${administratorPassword}\n`)).code).toBe(0);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** As a person in Brazil runs it. */
function billumy(words: readonly string[], input = ''): Promise<CommandLineResult> {
  const environment = { XDG_CONFIG_HOME: folder.file('config'), BILLUMY_SERVICE: service.url, LANG: 'pt_BR.UTF-8' };
  return runCommandLine(words, { environment, input });
}

describe('billumy, after a mistake', () => {
  it('is a command that npm can link before anything is compiled', async () => {
    const { bin } = JSON.parse(await readFile(new URL('../../../cli/package.json', import.meta.url), 'utf8')) as {
      bin: { billumy: string };
    };
    expect(bin.billumy).toBe('./bin/billumy.js');
  });

  it('counts the one file that could not be read as not read', async () => {
    const shown = await billumy(['ingest', folder.file('noise.dat')]);
    expect(shown).toMatchObject({ code: 1, output: '' });
    expect(shown.errors).toMatch(/^Não lido: noise\.dat: O arquivo está danificado.*\n0 de 1 arquivos prontos\.\n$/);
    const json = await billumy(['ingest', folder.file('noise.dat'), '--json']);
    expect(JSON.parse(json.output)).toMatchObject({ ready: 0, failures: [{ code: 'document_broken' }] });
  });

  it('says in Portuguese what an error of the service means, and its detail', async () => {
    const wrong = await billumy(['login', '--username', 'admin'], 'a wrong password\n');
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.errors).toBe('Erro: O usuário ou a senha não confere. (invalid_credentials)\n');
    const empty = await billumy(['ingest', folder.file('empty.txt')]);
    expect(empty.errors).toBe(
      'Erro: O arquivo não tem texto (talvez seja uma digitalização sem texto). (document_empty)\n' +
        '  O arquivo não tem conteúdo.\n',
    );
  });

  it.each([
    { what: 'no password', words: ['login', '--username', 'admin'], message: 'Nenhuma senha foi informada.', code: 2 },
    {
      what: 'an address that is none',
      words: ['status', '--url', 'nowhere'],
      message: 'Isto não é o endereço de um serviço: nowhere',
      code: 2,
    },
    {
      what: 'a language that it does not speak',
      words: ['status', '--language', 'fr'],
      message: '--language precisa ser pt ou en.',
      code: 2,
    },
    {
      what: 'an option that does not exist',
      words: ['ask', '--fly', 'x'],
      message: 'Opção desconhecida: --fly',
      code: 2,
    },
    {
      what: 'an option without its value',
      words: ['ask', '--model', '--json', 'x'],
      message: 'Falta o valor de --model.',
      code: 2,
    },
    { what: 'a flag with a value', words: ['ask', '--json=yes', 'x'], message: '--json não leva valor.', code: 2 },
    {
      what: 'an option that is misspelt',
      words: ['ask', '--modle', 'nano', 'x'],
      message: 'Opção desconhecida: --modle (será --model?)',
      code: 2,
    },
    { what: 'a command that is misspelt', words: ['akk'], message: 'Comando desconhecido: akk (será ask?)', code: 2 },
    { what: 'a word too many', words: ['serve', '9000'], message: 'Isto não era esperado: 9000 (com npm,', code: 2 },
    { what: 'no question', words: ['ask'], message: 'Falta a pergunta.', code: 2 },
    { what: 'a file that is not there', words: ['ingest', 'nowhere.txt'], message: 'Não existe: nowhere.txt', code: 1 },
    {
      what: 'a table that is not there',
      words: ['insights', 'nowhere.csv'],
      message: 'Não existe: nowhere.csv',
      code: 1,
    },
  ])('tells in Portuguese of $what', async ({ words, message, code }) => {
    const result = await billumy(words);
    expect(result).toMatchObject({ code, output: '' });
    expect(result.errors.startsWith(message)).toBe(true);
  });

  it('tells of folders where files are needed', async () => {
    expect((await billumy(['ingest', folder.file('nothing')])).errors).toMatch(/^Não há arquivos em .*nothing\.\n/);
    expect((await billumy(['insights', folder.file('nothing')])).errors).toMatch(/^Não é um arquivo: .*nothing\n/);
  });

  it('says in Portuguese why the service does not start', async () => {
    const settings = { DATA_DIR: folder.file('other'), OFFLINE: '1' };
    const start = (environment: Readonly<Record<string, string>>): Promise<CommandLineResult> =>
      runCommandLine(['serve'], { environment: { LANG: 'pt_BR.UTF-8', ...settings, ...environment } });
    expect((await start({ PORT: 'x' })).errors).toMatch(/^Estas configurações não estão certas:\n {2}PORT: /);
    const taken = new URL(service.url).port;
    expect((await start({ PORT: taken })).errors).toBe(
      `Outro programa já usa a porta ${taken}: escolha outra com PORT.\n`,
    );
    const unusable = await start({ DATA_DIR: folder.file('noise.dat/data') });
    expect(unusable).toMatchObject({ code: 1 });
    expect(unusable.errors).toMatch(/^O serviço não consegue guardar dados na pasta de DATA_DIR\./);
  });

  it('says in Portuguese what a part of the service waits for', async () => {
    const { code, output } = await billumy(['status']);
    expect(code).toBe(0);
    expect(output).toContain('Até embeddinggemma:300m estar nesta máquina, a busca é por palavras.\n');
    expect(output).not.toContain('machine');
  });

  it('writes help that was asked for where it can be piped', async () => {
    expect(await billumy(['help'])).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('ingest') });
    const usage = await billumy(['ask', '--help']);
    expect(usage).toMatchObject({ code: 0, errors: '' });
    expect(usage.output).toContain('Uso: billumy ask PERGUNTA [OPÇÕES]');
    expect(await billumy(['help', 'ask'])).toEqual(usage);
  });

  it('tells its version', async () => {
    expect((await billumy(['--version'])).output).toMatch(/^billumy \d+\.\d+\.\d+\n$/);
  });

  it('says that it was interrupted, with the code of programs that were', async () => {
    let asked = (): void => undefined;
    const interrupt = new Promise<void>((resolve) => (asked = resolve));
    const silent = createServer(() => asked()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const environment = { LANG: 'pt_BR.UTF-8', BILLUMY_SERVICE: `http://127.0.0.1:${port}`, BILLUMY_API_KEY: 'x' };
    const result = await runCommandLine(['ask', 'Olá?'], { environment, interrupt });
    expect(result).toEqual({ code: 130, output: '', errors: 'Interrompido.\n' });
    silent.closeAllConnections();
    silent.close();
  });

  it('names the address at which nothing answers', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const { code, errors } = await billumy(['status', '--url', nobody]);
    expect(code).toBe(4);
    expect(errors).toContain(`Nada responde em ${nobody}.`);
  });
});
