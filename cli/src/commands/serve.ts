import type { RunningServer } from '@billumy/server';
import { exitCodes, textOption, type Command, type CommandContext } from '../command.ts';

export const serve: Command = {
  name: 'serve',
  summary: { pt: 'liga o serviço', en: 'starts the service' },
  usage: '',
  takesWords: false,
  options: {
    host: {
      type: 'string',
      takes: 'HOST',
      summary: { pt: 'onde escuta; senão, HOST ou 127.0.0.1', en: 'where it listens; else HOST or 127.0.0.1' },
    },
    port: {
      type: 'string',
      takes: 'PORT',
      summary: { pt: 'a porta; senão, PORT ou 8000', en: 'the port; else PORT or 8000' },
    },
    data: {
      type: 'string',
      takes: 'FOLDER',
      summary: { pt: 'onde guarda os dados; senão, DATA_DIR', en: 'where it keeps its data; else DATA_DIR' },
    },
    welcome: {
      type: 'boolean',
      summary: {
        pt: 'carrega os exemplos e mostra uma pergunta respondida',
        en: 'loads the examples and shows an answered question',
      },
    },
    'no-examples': { type: 'boolean', summary: { pt: 'sem os exemplos', en: 'without the examples' } },
  },
  async run(context) {
    const { terminal, values } = context;
    // The other commands need nothing of the server, and start faster without it.
    const { describeStartFailure, startServer, stopOnSignals } = await import('@billumy/server');
    const { welcome } = await import('../welcome.ts');
    let server: RunningServer;
    try {
      server = await startServer({ environment: environmentOf(context) });
    } catch (error) {
      terminal.note(describeStartFailure(error));
      return exitCodes.failed;
    }
    stopOnSignals(server);
    introduce(context, server);
    if (values['welcome'] === true && values['no-examples'] !== true && server.newAdministrator !== null) {
      await welcome(server, terminal).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        terminal.note({
          pt: `Os exemplos não puderam ser mostrados (${reason}); o serviço está no ar.`,
          en: `The examples could not be shown (${reason}); the service is up.`,
        });
      });
    }
    terminal.write(terminal.language === 'pt' ? '\nPronto. Ctrl-C encerra.\n' : '\nReady. Ctrl-C stops it.\n');
    return exitCodes.ok;
  },
};

/** The options of the command, over the settings of the environment. */
function environmentOf(context: CommandContext): NodeJS.ProcessEnv {
  const given = {
    HOST: textOption(context, 'host'),
    PORT: textOption(context, 'port'),
    DATA_DIR: textOption(context, 'data'),
  };
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  // Log lines would run through the welcome; on a terminal only what needs attention is shown.
  const quiet = context.values['welcome'] === true && process.stderr.isTTY ? { LOG_LEVEL: 'warn' } : {};
  return { ...quiet, ...process.env, ...settings };
}

function introduce({ terminal }: CommandContext, { url, newAdministrator }: RunningServer): void {
  const portuguese = terminal.language === 'pt';
  terminal.write(portuguese ? `Billumy em ${url}  (API: ${url}/docs)\n` : `Billumy at ${url}  (API: ${url}/docs)\n`);
  if (newAdministrator === null) return;
  const { username, password, isGenerated } = newAdministrator;
  terminal.write(portuguese ? `Administrador: ${username}\n` : `Administrator: ${username}\n`);
  if (isGenerated) {
    terminal.write(
      portuguese ? `Senha, mostrada só desta vez: ${password}\n` : `Password, shown this once: ${password}\n`,
    );
  }
}
