import { parseArgs } from 'node:util';
import { ProblemError } from '@billumy/protocol';
import { exitCodes, UsageError, type Command, type CommandContext } from './command.ts';
import { commands } from './commands/index.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { languageOf } from './texts.ts';

const commonOptions = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  language: { type: 'string' },
} as const;

/** Runs `billumy ARGUMENTS` and gives its exit code; never rejects. */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = words;
  const command = commands.find((candidate) => candidate.name === name);
  const plain = openTerminal({ language: languageOf(process.env), json: false });
  if (command === undefined) return showHelp(plain, name);
  let parsed: Pick<CommandContext, 'values' | 'positionals'>;
  try {
    parsed = parseArgs({ args: rest, options: { ...commonOptions, ...command.options }, allowPositionals: true });
  } catch (error) {
    return showUsage(plain, { command, reason: (error as Error).message });
  }
  const language = parsed.values['language'] ?? languageOf(process.env);
  const terminal = openTerminal({ language: language === 'en' ? 'en' : 'pt', json: parsed.values['json'] === true });
  if (parsed.values['help'] === true) return showUsage(terminal, { command });
  return runParsed(command, { ...parsed, terminal, signal: interruptSignal() });
}

async function runParsed(command: Command, context: CommandContext): Promise<number> {
  try {
    return await command.run(context);
  } catch (error) {
    if (error instanceof UsageError) return showUsage(context.terminal, { command, reason: error.message });
    return report(context.terminal, error);
  }
}

function report(terminal: Terminal, error: unknown): number {
  if (error instanceof ProblemError) {
    if (terminal.json) terminal.writeJson({ error: error.problem });
    terminal.note({
      pt: `Erro: ${error.message} (${error.problem.code})`,
      en: `Error: ${error.message} (${error.problem.code})`,
    });
    for (const issue of error.problem.issues ?? []) terminal.note(same(`  ${issue.path}: ${issue.message}`));
    if (error.problem.status !== 401) return exitCodes.failed;
    terminal.note({ pt: 'Entre com: billumy login', en: 'Sign in with: billumy login' });
    return exitCodes.notSignedIn;
  }
  if (error instanceof TypeError && error.message === 'fetch failed') {
    terminal.note({
      pt: 'O serviço não respondeu. Ele está ligado? Comece com: npm start (ou informe --url)',
      en: 'The service did not answer. Is it running? Start it with: npm start (or give --url)',
    });
    return exitCodes.unreachable;
  }
  terminal.note(same(error instanceof Error ? error.message : String(error)));
  return exitCodes.failed;
}

function showHelp(terminal: Terminal, name: string): number {
  const asked = name === 'help' || name === '--help' || name === '-h';
  if (!asked) terminal.note({ pt: `Comando desconhecido: ${name}`, en: `Unknown command: ${name}` });
  terminal.note({ pt: 'Uso: billumy COMANDO [OPÇÕES]\n', en: 'Usage: billumy COMMAND [OPTIONS]\n' });
  for (const command of commands)
    terminal.note(same(`  ${command.name.padEnd(11)}${command.summary[terminal.language]}`));
  terminal.note({
    pt: '\nEm todos: --json (resultado para programas), --language pt|en, --help',
    en: '\nEverywhere: --json (results for programs), --language pt|en, --help',
  });
  return asked ? exitCodes.ok : exitCodes.usage;
}

function showUsage(terminal: Terminal, { command, reason }: { command: Command; reason?: string }): number {
  if (reason !== undefined) terminal.note(same(reason));
  terminal.note(command.summary);
  terminal.note({
    pt: `Uso: billumy ${command.name} ${command.usage}`,
    en: `Usage: billumy ${command.name} ${command.usage}`,
  });
  return reason === undefined ? exitCodes.ok : exitCodes.usage;
}

function same(text: string): { pt: string; en: string } {
  return { pt: text, en: text };
}

function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(new Error('interrupted')));
  return controller.signal;
}
