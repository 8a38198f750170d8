import { FormatError } from './format-error.ts';

/** What stands in an alternative, so many times; max null for any number. */
export type GrammarItem = { size: number; min: number; max: number | null } & ({ rule: string } | object);

const mostCharacters = 300_000;
const mostDepth = 100;
/** llama.cpp's own limit. */
const mostRepetitions = 2000;

/**
 * The alternatives of each rule of a grammar in GBNF; groups have rules of their own. Reads what llama.cpp reads. Fails
 * with a `FormatError` that says what is wrong.
 */
export function parseGrammar(grammar: string): ReadonlyMap<string, readonly GrammarItem[][]> {
  if (grammar.length > mostCharacters || grammar.includes('\0')) {
    throw new FormatError(`A grammar has at most ${mostCharacters} characters, and none of them is NUL.`);
  }
  const rules = new GrammarReader(grammar).read();
  if (!rules.has('root')) throw new FormatError('The grammar has no rule "root".');
  for (const item of [...rules.values()].flat(2)) {
    if ('rule' in item && !rules.has(item.rule))
      throw new FormatError(`The grammar has no rule "${item.rule.slice(0, 100)}".`);
  }
  return rules;
}

class GrammarReader {
  readonly #text: string;
  readonly #rules = new Map<string, GrammarItem[][]>();
  #place = 0;
  #depth = 0;
  #groups = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Map<string, GrammarItem[][]> {
    this.#skipSpace(true);
    while (this.#place < this.#text.length) {
      const name = this.#take(/[a-zA-Z0-9-]+/y) ?? this.#fail('the name of a rule');
      this.#skipSpace(false);
      if (this.#take(/::=/y) === undefined) this.#fail('::=');
      this.#skipSpace(true);
      this.#rules.set(name, this.#alternatives(false));
      if (this.#place < this.#text.length && this.#take(/\r\n?|\n/y) === undefined) this.#fail('the end of the rule');
      this.#skipSpace(true);
    }
    return this.#rules;
  }

  #alternatives(isNested: boolean): GrammarItem[][] {
    if (++this.#depth > mostDepth) throw new FormatError('The grammar has too many groups in each other.');
    const alternatives = [this.#sequence(isNested)];
    while (this.#take(/\|/y) !== undefined) {
      this.#skipSpace(true);
      alternatives.push(this.#sequence(isNested));
    }
    this.#depth--;
    return alternatives;
  }

  #sequence(isNested: boolean): GrammarItem[] {
    const items: GrammarItem[] = [];
    for (;;) {
      const item = this.#item();
      if (item === undefined) return items;
      this.#skipSpace(isNested);
      items.push(this.#repetitions(item, isNested));
    }
  }

  #item(): GrammarItem | undefined {
    const once = { min: 1, max: 1 };
    const rule = this.#take(/[a-zA-Z0-9-]+/y);
    if (rule !== undefined) return { rule, size: 1, ...once };
    const terminal = this.#take(terminals);
    // An empty literal is nothing at all, and may be left out.
    if (terminal === '""') return { size: 0, min: 0, max: 1 };
    if (terminal !== undefined) return { size: terminal.length, ...once };
    if (this.#take(/\(/y) === undefined) return undefined;
    this.#skipSpace(true);
    // No rule of a grammar has a name with a star.
    const name = `*${this.#groups++}`;
    this.#rules.set(name, this.#alternatives(true));
    if (this.#take(/\)/y) === undefined) this.#fail(')');
    return { rule: name, size: 1, ...once };
  }

  /** Several of them may follow each other: their numbers multiply. */
  #repetitions(item: GrammarItem, isNested: boolean): GrammarItem {
    let [least, most] = [item.min, item.max];
    let product = 1;
    for (;;) {
      const written = this.#take(/[*+?]|\{[ \t]*(\d{1,9})[ \t]*(?:,[ \t]*\d{0,9}[ \t]*)?\}/y);
      if (written === undefined) return { ...item, min: least, max: most };
      const { min, max } = timesOf(written);
      if (max !== null && max < min) throw new FormatError('A repetition in the grammar ends before it begins.');
      product *= Math.max(1, min, max ?? 0);
      if (product > mostRepetitions)
        throw new FormatError(`The grammar repeats something more than ${mostRepetitions} times.`);
      least *= min;
      most = most === null || max === null ? null : most * max;
      this.#skipSpace(isNested);
    }
  }

  #skipSpace(newLines: boolean): void {
    this.#take(newLines ? /(?:[ \t\r\n]|#[^\r\n]*)*/y : /(?:[ \t]|#[^\r\n]*)*/y);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#place;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#place += found.length;
    return found;
  }

  #fail(expected: string): never {
    const line = this.#text.slice(0, this.#place).split('\n').length;
    throw new FormatError(`Line ${line} of the grammar: expected ${expected}.`);
  }
}

const escape = String.raw`\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[tnr\\"[\]-])`;
/** A literal, a set of characters, any character, or a token, which is named or numbered. */
const terminals = new RegExp(
  [
    String.raw`"(?:[^"\\]|${escape})*"`,
    String.raw`\[\^?(?:[^\]\\]|${escape})+\]`,
    String.raw`\.`,
    String.raw`!?<\[\d{1,9}\]>`,
  ].join('|'),
  'y',
);

function timesOf(written: string): { min: number; max: number | null } {
  if (written === '*') return { min: 0, max: null };
  if (written === '+') return { min: 1, max: null };
  if (written === '?') return { min: 0, max: 1 };
  const [min = '0', max] = written.slice(1, -1).split(',');
  if (max === undefined) return { min: Number(min), max: Number(min) };
  return { min: Number(min), max: max.trim() === '' ? null : Number(max) };
}
