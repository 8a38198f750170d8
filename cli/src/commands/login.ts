import { stdin, stderr } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { connect, logIn } from '@billumy/protocol';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { removeCredentials, writeCredentials } from '../credentials.ts';
import { connectionOptions, toCredentials, usedUrl } from '../session.ts';

export const login: Command = {
  name: 'login',
  summary: {
    pt: 'entra no serviço e guarda o acesso; a senha é perguntada, ou lida da entrada padrão',
    en: 'signs in and keeps the access; the password is asked for, or read from standard input',
  },
  usage: '',
  takesWords: false,
  options: {
    url: connectionOptions.url,
    username: {
      type: 'string',
      takes: 'NAME',
      summary: { pt: 'o nome da conta; senão, é perguntado', en: 'the name of the account; else it is asked for' },
    },
    forget: { type: 'boolean', summary: { pt: 'esquece o acesso guardado', en: 'forgets the access that was kept' } },
  },
  async run(context) {
    const { terminal, values } = context;
    if (values['forget'] === true) {
      await removeCredentials();
      terminal.note({ pt: 'O acesso guardado foi apagado.', en: 'The kept access is gone.' });
      return exitCodes.ok;
    }
    const url = await usedUrl(context);
    const username = textOption(context, 'username') ?? (await ask(context, { pt: 'Usuário: ', en: 'User: ' }));
    const password = await askHidden(context);
    const tokens = await logIn(connect({ url, language: terminal.language }), { username, password });
    await writeCredentials(toCredentials(url, tokens));
    if (terminal.json) terminal.writeJson({ url, username });
    else terminal.note({ pt: `Acesso a ${url} guardado para ${username}.`, en: `Signed in to ${url} as ${username}.` });
    return exitCodes.ok;
  },
};

async function ask({ terminal, signal }: CommandContext, prompt: { pt: string; en: string }): Promise<string> {
  if (!stdin.isTTY)
    throw new UsageError({
      pt: '--username é preciso quando a entrada padrão não é um terminal.',
      en: '--username is needed when standard input is not a terminal.',
    });
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await lines.question(prompt[terminal.language], { signal });
  } finally {
    lines.close();
  }
}

async function askHidden({ terminal, signal }: CommandContext): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });
  if (stdin.isTTY) stderr.write(terminal.language === 'pt' ? 'Senha: ' : 'Password: ');
  const ended = new AbortController();
  lines.once('close', () => ended.abort());
  try {
    // A question that nobody can answer any more would never be settled.
    return await lines.question('', { signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    if (signal.aborted || !ended.signal.aborted) throw error;
    throw new UsageError({ pt: 'Nenhuma senha foi informada.', en: 'No password was given.' });
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}
