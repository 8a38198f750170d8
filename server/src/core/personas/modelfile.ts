import { AppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import { quoteModelfileValue, readOpening } from './modelfile-quotes.ts';

/** One instruction of a Modelfile. Source: parser/parser.go of Ollama. */
export type ModelfileCommand =
  | { name: TextCommand; value: string }
  | { name: 'parameter'; key: string; value: string }
  | { name: 'message'; role: ModelfileRole; value: string };

export type TextCommand = (typeof textCommands)[number];
export type ModelfileRole = (typeof roles)[number];

const textCommands = [
  'from',
  'license',
  'template',
  'system',
  'adapter',
  'draft',
  'renderer',
  'parser',
  'requires',
] as const;
const roles = ['system', 'user', 'assistant'] as const;

const invalidCommand =
  'command must be one of "from", "license", "template", "system", "adapter", "draft", "renderer", "parser", "parameter", "message", or "requires"';
const invalidRole = 'message role must be one of "system", "user", or "assistant"';
const unexpectedEnd = 'unexpected EOF';

/**
 * Reads a Modelfile: text, or bytes in UTF-8 or, after its mark, UTF-16. Rejects with `invalid_request` and Ollama's
 * words for what is wrong. Unlike Ollama it counts lines that end with CR LF once, and keeps invisible characters that
 * are no controls: many emoji are held together by them.
 */
export function parseModelfile(source: string | Uint8Array): ModelfileCommand[] {
  const lines = new Lines(typeof source === 'string' ? source : decode(source));
  const commands: ModelfileCommand[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const text = line.text.replace(/^[ \t]+/, '');
    if (text !== '' && !text.startsWith('#')) commands.push(readCommand({ ...line, text }, lines));
  }
  if (!commands.some(({ name }) => name === 'from')) throw malformed('no FROM line');
  return commands;
}

/** The other way round; commands whose value holds both kinds of quotation marks at the end of a line do not survive. */
export function printModelfile(commands: readonly ModelfileCommand[]): string {
  return commands.map((command) => `${printCommand(command)}\n`).join('');
}

function printCommand(command: ModelfileCommand): string {
  const value = quoteModelfileValue(command.value);
  if (command.name === 'parameter') return `PARAMETER ${command.key} ${value}`;
  if (command.name === 'message') return `MESSAGE ${command.role} ${value}`;
  return `${command.name.toUpperCase()} ${value}`;
}

interface Line {
  text: string;
  /** What ends it; empty for the last one. */
  end: string;
  number: number;
}

function readCommand(line: Line, lines: Lines): ModelfileCommand {
  const { word, rest } = cutWord(line, /^[A-Za-z]+/);
  if (rest === undefined)
    throw word === line.text && line.end === '' ? malformed(unexpectedEnd) : atLine(line, invalidCommand);
  const name = word.toLowerCase();
  if (name === 'parameter') {
    const key = cutKey({ ...line, text: rest }, /^\w+/);
    return { name, key: key.word, value: readValue(key.rest, { line, lines }) };
  }
  if (name === 'message') {
    const said = cutKey({ ...line, text: rest }, /^[A-Za-z]+/);
    const role = roles.find((one) => one === said.word);
    if (role === undefined) throw atLine(line, invalidRole);
    return { name, role, value: readValue(said.rest, { line, lines }) };
  }
  const text = textCommands.find((one) => one === name);
  if (text === undefined) throw atLine(line, invalidCommand);
  return { name: text, value: readValue(rest, { line, lines }) };
}

/** The word that the line begins with; `rest` is what follows the space after it, undefined when there is no space. */
function cutWord({ text }: Pick<Line, 'text'>, pattern: RegExp): { word: string; rest: string | undefined } {
  const word = pattern.exec(text)?.[0] ?? '';
  const after = text.slice(word.length);
  return { word, rest: word !== '' && /^[ \t]/.test(after) ? after.slice(1) : undefined };
}

function cutKey({ text, end }: Line, pattern: RegExp): { word: string; rest: string } {
  const { word, rest } = cutWord({ text: text.replace(/^[ \t]+/, '') }, pattern);
  if (rest !== undefined) return { word, rest };
  throw malformed(end === '' ? unexpectedEnd : `${unexpectedEnd}: ${word}`);
}

/** To the end of the line, or to the mark that closes the quotation, which is the last thing in a line. */
function readValue(beginning: string, { line, lines }: { line: Line; lines: Lines }): string {
  const opening = readOpening(beginning);
  const parts = [beginning];
  let last = line;
  let isClosed = opening.isClosed;
  while (!isClosed) {
    const next = lines.next();
    if (next === undefined) throw malformed(unexpectedEnd);
    parts.push(last.end, next.text);
    isClosed = next.text.trimEnd().endsWith(opening.mark);
    last = next;
  }
  const { length } = opening.mark;
  const whole = parts.join('').trim();
  return length === 0 ? whole : whole.slice(length, -length);
}

/** The lines of a text, one after the other. */
class Lines {
  readonly #text: string;
  #position = 0;
  #number = 0;

  constructor(text: string) {
    // Controls but for tabs and ends of lines mean nothing in a Modelfile.
    this.#text = text.replace(/^\uFEFF/, '').replaceAll(/(?![\t\r\n])\p{Cc}/gu, '');
  }

  next(): Line | undefined {
    if (this.#position >= this.#text.length) return undefined;
    const ends = /\r\n|\r|\n/g;
    ends.lastIndex = this.#position;
    const found = ends.exec(this.#text);
    const text = this.#text.slice(this.#position, found?.index);
    const end = found?.[0] ?? '';
    this.#position = found === null ? this.#text.length : found.index + end.length;
    this.#number++;
    return { text, end, number: this.#number };
  }
}

function decode(bytes: Uint8Array): string {
  const encoding = startsWith(bytes, [0xff, 0xfe])
    ? 'utf-16le'
    : startsWith(bytes, [0xfe, 0xff])
      ? 'utf-16be'
      : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function atLine({ number }: Line, detail: string): AppError {
  return malformed(`(line ${number}): ${detail}`);
}

function malformed(detail: string): AppError {
  return new AppError('invalid_request', { detail: verbatim(detail) });
}
