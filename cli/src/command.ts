import type { ParseArgsConfig } from 'node:util';
import type { Terminal } from './terminal.ts';
import type { Text } from './texts.ts';

/** What the program ends with; scripts may rely on it. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  unreachable: 4,
  unanswered: 5,
  interrupted: 130,
} as const;

export interface Command {
  name: string;
  /** One line in the list of commands. */
  summary: Text;
  /** The words after `billumy <name>`, e.g. `FOLDER`; what stands for something is in capital letters. */
  usage: string;
  /** Whether words without `--` mean something to it. */
  takesWords: boolean;
  options: CommandOptions;
  run(context: CommandContext): Promise<number>;
}

/** By their names, without `--`. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

type ParsedOption = NonNullable<ParseArgsConfig['options']>[string];

export interface CommandOption extends ParsedOption {
  /** What its value stands for, in capital letters; absent where it takes none. */
  takes?: string;
  /** One line in the help of the command. */
  summary: Text;
}

export interface CommandContext {
  positionals: readonly string[];
  values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  terminal: Terminal;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** A wrong call of a command: what is wrong is shown with the usage line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

export function textOption({ values }: CommandContext, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
