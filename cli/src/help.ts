import type { Command } from './command.ts';
import type { Text, TextLanguage } from './texts.ts';

const nameWidth = 11;
const indent = 2;
const usualWidth = 100;
/** Narrower columns hold no sentence. */
const narrowest = 20;

/** The list of commands, for a terminal of so many columns. */
export function helpOf(commands: readonly Command[], language: TextLanguage, columns = usualWidth): string {
  const width = Math.max(narrowest, Math.min(columns, usualWidth) - indent - nameWidth);
  const lines = commands.flatMap(({ name, summary }) =>
    linesOf(summary[language], width).map((line, index) => `  ${(index === 0 ? name : '').padEnd(nameWidth)}${line}\n`),
  );
  const { head, foot } = frame[language];
  const ending = foot.flatMap((sentence) => linesOf(sentence, Math.min(columns, usualWidth)));
  return `${head}\n\n${lines.join('')}\n${ending.join('\n')}`;
}

const frame: Record<TextLanguage, { head: string; foot: readonly string[] }> = {
  pt: {
    head: 'Uso: billumy COMANDO [OPÇÕES]',
    foot: [
      'Em todos: --json (resultado para programas), --language pt|en, --help',
      'billumy help COMANDO mostra o uso de um comando; billumy --version, a versão.',
    ],
  },
  en: {
    head: 'Usage: billumy COMMAND [OPTIONS]',
    foot: [
      'Everywhere: --json (results for programs), --language pt|en, --help',
      'billumy help COMMAND shows how a command is used; billumy --version, the version.',
    ],
  },
};

/** How a command is called. */
export function usageOf({ name, summary, usage }: Command): Text {
  const call = `billumy ${name} ${usage}`;
  return { pt: `${summary.pt}\nUso: ${inPortuguese(call)}`, en: `${summary.en}\nUsage: ${call}` };
}

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
