import { parseArgs } from 'node:util';
import { ProblemError } from '@billumy/protocol';
import { exitCodes, UsageError, type Command, type CommandContext } from './command.ts';
import { commands } from './commands/index.ts';
import { describeFileError, describeProblem, describeWrongOptions } from './mistakes.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { languageOf, type Text } from './texts.ts';

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
  const options = { ...commonOptions, ...command.options };
  let parsed: Pick<CommandContext, 'values' | 'positionals'>;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true });
  } catch {
    return showUsage(plain, { command, reason: describeWrongOptions(rest, options) });
  }
  const language = parsed.values['language'] ?? plain.language;
  if (language !== 'pt' && language !== 'en') {
    const reason = { pt: '--language precisa ser pt ou en.', en: '--language needs to be pt or en.' };
    return showUsage(plain, { command, reason });
  }
  const terminal = openTerminal({ language, json: parsed.values['json'] === true });
  if (parsed.values['help'] === true) return showUsage(terminal, { command });
  return runParsed(command, { ...parsed, terminal, signal: interruptSignal() });
}

async function runParsed(command: Command, context: CommandContext): Promise<number> {
  try {
    return await command.run(context);
  } catch (error) {
    if (error instanceof UsageError) return showUsage(context.terminal, { command, reason: error.text });
    return report(context.terminal, error);
  }
}

function report(terminal: Terminal, error: unknown): number {
  if (error instanceof ProblemError) {
    if (terminal.json) terminal.writeJson({ error: error.problem });
    terminal.note(describeProblem(error));
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
  terminal.note(describeFileError(error) ?? same(error instanceof Error ? error.message : String(error)));
  return exitCodes.failed;
}

/** Help that was asked for is a result, which may be piped; after a mistake it is a remark. */
function showHelp(terminal: Terminal, name: string): number {
  const lines = commands
    .map((command) => `  ${command.name.padEnd(11)}${command.summary[terminal.language]}\n`)
    .join('');
  const help = {
    pt: `Uso: billumy COMANDO [OPÇÕES]\n\n${lines}\nEm todos: --json (resultado para programas), --language pt|en, --help`,
    en: `Usage: billumy COMMAND [OPTIONS]\n\n${lines}\nEverywhere: --json (results for programs), --language pt|en, --help`,
  };
  if (name === 'help' || name === '--help' || name === '-h') {
    terminal.write(`${help[terminal.language]}\n`);
    return exitCodes.ok;
  }
  terminal.note({ pt: `Comando desconhecido: ${name}`, en: `Unknown command: ${name}` });
  terminal.note(help);
  return exitCodes.usage;
}

function showUsage(terminal: Terminal, { command, reason }: { command: Command; reason?: Text }): number {
  const { pt, en } = command.summary;
  const call = `billumy ${command.name} ${command.usage}`;
  const usage = { pt: `${pt}\nUso: ${call}`, en: `${en}\nUsage: ${call}` };
  if (reason === undefined) {
    terminal.write(`${usage[terminal.language]}\n`);
    return exitCodes.ok;
  }
  terminal.note(reason);
  terminal.note(usage);
  return exitCodes.usage;
}

function same(text: string): Text {
  return { pt: text, en: text };
}

function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(new Error('interrupted')));
  return controller.signal;
}
