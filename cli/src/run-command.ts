import { parseArgs } from 'node:util';
import { ProblemError } from '@billumy/protocol';
import { exitCodes, UsageError, type Command, type CommandContext } from './command.ts';
import { commands } from './commands/index.ts';
import { commandHelpOf, commonOptions, helpOf, usageOf } from './help.ts';
import {
  describeFileError,
  describeProblem,
  describeUnexpected,
  describeWrongOptions,
  withSuggestion,
} from './mistakes.ts';
import { usedUrl } from './session.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { languageOf, type Text } from './texts.ts';

/** Runs `billumy ARGUMENTS` and gives its exit code; never rejects. */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = words;
  const command = commands.find((candidate) => candidate.name === name);
  const plain = openTerminal({ language: languageOf(process.env), json: false });
  if (['help', '--help', '-h'].includes(name)) return showHelp(plain, rest);
  if (['version', '--version', '-v'].includes(name)) return showVersion(plain);
  if (command === undefined) return refuseCommand(plain, name);
  const options = { ...commonOptions, ...command.options };
  let parsed: Pick<CommandContext, 'values' | 'positionals'>;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true });
  } catch {
    return showUsage(plain, { command, reason: describeWrongOptions(rest, options) });
  }
  const [unexpected] = command.takesWords ? [] : parsed.positionals;
  if (unexpected !== undefined) return showUsage(plain, { command, reason: describeUnexpected(unexpected) });
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
    if (context.signal.aborted) {
      context.terminal.note({ pt: 'Interrompido.', en: 'Interrupted.' });
      return exitCodes.interrupted;
    }
    if (error instanceof TypeError && error.message === 'fetch failed') return reportUnreachable(context);
    return report(context.terminal, error);
  }
}

function report(terminal: Terminal, error: unknown): number {
  if (error instanceof ProblemError) {
    if (terminal.json) terminal.writeJson({ error: error.problem });
    terminal.note(describeProblem(error));
    for (const issue of error.problem.issues ?? []) terminal.note(same(`  ${issue.path}: ${issue.message}`));
    if (error.problem.status !== 401) return exitCodes.failed;
    // Whoever gave a wrong password is signing in already.
    if (error.problem.code === 'invalid_credentials') return exitCodes.notSignedIn;
    terminal.note({ pt: 'Entre com: billumy login', en: 'Sign in with: billumy login' });
    return exitCodes.notSignedIn;
  }
  terminal.note(describeFileError(error) ?? same(error instanceof Error ? error.message : String(error)));
  return exitCodes.failed;
}

async function reportUnreachable(context: CommandContext): Promise<number> {
  const url = await usedUrl(context);
  context.terminal.note({
    pt: `Nada responde em ${url}. O serviço está ligado? Comece com: npm start (ou informe outro endereço com --url)`,
    en: `Nothing answers at ${url}. Is the service running? Start it with: npm start (or give another address with --url)`,
  });
  return exitCodes.unreachable;
}

/** Help that was asked for is a result, which may be piped. */
function showHelp(plain: Terminal, words: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...words], options: commonOptions, strict: false });
  const { language: asked } = values;
  const language = asked === 'pt' || asked === 'en' ? asked : plain.language;
  const terminal = openTerminal({ language, json: false });
  const [name] = positionals;
  if (name === undefined) {
    terminal.write(`${helpOf(commands, language, process.stdout.columns)}\n`);
    return exitCodes.ok;
  }
  const command = commands.find((candidate) => candidate.name === name);
  return command === undefined ? refuseCommand(terminal, name) : showUsage(terminal, { command });
}

async function showVersion(terminal: Terminal): Promise<number> {
  const { version } = await import('@billumy/server/process/version');
  terminal.write(`billumy ${version}\n`);
  return exitCodes.ok;
}

function refuseCommand(terminal: Terminal, name: string): number {
  const names = commands.map((command) => command.name);
  terminal.note(withSuggestion({ pt: `Comando desconhecido: ${name}`, en: `Unknown command: ${name}` }, name, names));
  terminal.note({ pt: 'Os comandos: billumy help', en: 'The commands: billumy help' });
  return exitCodes.usage;
}

/** After a mistake how the command is used is a remark. */
function showUsage(terminal: Terminal, { command, reason }: { command: Command; reason?: Text }): number {
  if (reason === undefined) {
    terminal.write(`${commandHelpOf(command, terminal.language, process.stdout.columns)}\n`);
    return exitCodes.ok;
  }
  terminal.note(reason);
  terminal.note(usageOf(command));
  terminal.note({ pt: `As opções: billumy help ${command.name}`, en: `The options: billumy help ${command.name}` });
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
