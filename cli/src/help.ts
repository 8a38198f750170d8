import type { Command, CommandOption, CommandOptions } from './command.ts';
import type { Text, TextLanguage } from './texts.ts';

const indent = 2;
const gap = 2;
const usualWidth = 100;
/** Narrower columns hold no sentence. */
const narrowest = 20;

/** Options of every command. */
export const commonOptions = {
  json: { type: 'boolean', summary: { pt: 'resultado para programas', en: 'results for programs' } },
  language: {
    type: 'string',
    takes: 'pt|en',
    summary: { pt: 'a língua de tudo o que é mostrado', en: 'the language of all that is shown' },
  },
  help: { type: 'boolean', short: 'h', summary: { pt: 'mostra isto', en: 'shows this' } },
} as const satisfies CommandOptions;

/** The list of commands, for a terminal of so many columns. */
export function helpOf(commands: readonly Command[], language: TextLanguage, columns = usualWidth): string {
  const rows = commands.map(({ name, summary }) => [name, summary[language]] as const);
  const { head, foot } = frame[language];
  const ending = foot.flatMap((sentence) => linesOf(sentence, Math.min(columns, usualWidth)));
  return [head, '', ...tableOf(rows, columns), '', ...ending].join('\n');
}

/** How a command is called, and what each of its options is for. */
export function commandHelpOf(command: Command, language: TextLanguage, columns = usualWidth): string {
  const rows = Object.entries({ ...command.options, ...commonOptions }).map(
    ([name, option]) => [callOf(name, option, language), option.summary[language]] as const,
  );
  const summary = linesOf(command.summary[language], Math.min(columns, usualWidth));
  return [...summary, usageOf(command)[language], '', ...tableOf(rows, columns)].join('\n');
}

/** One line: how a command is called. */
export function usageOf({ name, usage }: Command): Text {
  const words = ['billumy', name, ...(usage === '' ? [] : [usage])].join(' ');
  return { pt: `Uso: ${inPortuguese(words)} [OPÇÕES]`, en: `Usage: ${words} [OPTIONS]` };
}

function callOf(name: string, { takes, short }: CommandOption, language: TextLanguage): string {
  const value = takes === undefined ? '' : ` ${language === 'pt' ? inPortuguese(takes) : takes}`;
  return `--${name}${value}${short === undefined ? '' : `, -${short}`}`;
}

/** What things are called, and beside it what they are. */
function tableOf(rows: readonly (readonly [name: string, summary: string])[], columns: number): string[] {
  const nameWidth = Math.max(...rows.map(([name]) => name.length)) + gap;
  const width = Math.max(narrowest, Math.min(columns, usualWidth) - indent - nameWidth);
  return rows.flatMap(([name, summary]) =>
    linesOf(summary, width).map((line, index) => `  ${(index === 0 ? name : '').padEnd(nameWidth)}${line}`),
  );
}

const frame: Record<TextLanguage, { head: string; foot: readonly string[] }> = {
  pt: {
    head: 'Uso: billumy COMANDO [OPÇÕES]',
    foot: [
      'Em todos: --json (resultado para programas), --language pt|en, --help',
      'billumy help COMANDO mostra as opções de um comando; billumy --version, a versão.',
    ],
  },
  en: {
    head: 'Usage: billumy COMMAND [OPTIONS]',
    foot: [
      'Everywhere: --json (results for programs), --language pt|en, --help',
      'billumy help COMMAND shows the options of a command; billumy --version, the version.',
    ],
  },
};

const portuguese: Readonly<Record<string, string>> = {
  ACTION: 'AÇÃO',
  DATE: 'DATA',
  DOCUMENT: 'DOCUMENTO',
  FILE: 'ARQUIVO',
  FOLDER: 'PASTA',
  MODEL: 'MODELO',
  NAME: 'NOME',
  PATH: 'CAMINHO',
  PORT: 'PORTA',
  QUESTION: 'PERGUNTA',
};

/** What stands for something is written in capital letters. */
function inPortuguese(call: string): string {
  return call.replace(/\b[A-Z]{2,}\b/g, (word) => portuguese[word] ?? word);
}

/** Lines of at most `width` letters; a longer word has a line of its own. */
function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
