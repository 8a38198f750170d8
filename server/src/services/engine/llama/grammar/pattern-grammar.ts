import { anyCharacter, characterGrammar, type CodeRange, complement } from './character-set.ts';
import { type GrammarRules, repeated } from './grammar-rules.ts';

/**
 * GBNF of the strings that match a regular expression, as JSON writes them between quotes; null for an expression that is
 * more than regular (assertions, references to groups) and cannot be forced.
 */
export function patternGrammar(rules: GrammarRules, pattern: string): string | null {
  try {
    return new PatternReader(rules, pattern).whole();
  } catch (error) {
    if (error instanceof NotRegular) return null;
    throw error;
  }
}

class NotRegular extends Error {}

const digit: CodeRange[] = [[48, 57]];
const word: CodeRange[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const space: CodeRange[] = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x2028, 0x2029],
];
const lineEnds: CodeRange[] = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];
const classes: Record<string, CodeRange[]> = {
  d: digit,
  w: word,
  s: space,
  D: complement(digit),
  W: complement(word),
  S: complement(space),
};
const controls: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };
const mostDepth = 50;
const mostRepetitions = 1000;

/** Reads ECMA 262 regular expressions. */
class PatternReader {
  readonly #rules: GrammarRules;
  readonly #characters: string[];
  #place = 0;
  #depth = 0;

  constructor(rules: GrammarRules, pattern: string) {
    this.#rules = rules;
    this.#characters = Array.from(pattern);
  }

  /** A pattern is looked for anywhere in the string, unless it says where it begins and ends. */
  whole(): string {
    const anything = `${this.#rules.add(anyCharacter)}*`;
    const begins = this.#take('^');
    const ends = this.#characters.at(-1) === '$' && this.#characters.at(-2) !== '\\';
    if (ends) this.#characters.pop();
    // In `^a|b$` each end is bound to one alternative only.
    const isBound = begins || ends;
    const body = this.#alternatives();
    if (this.#place < this.#characters.length) throw new NotRegular();
    if (isBound && body.count > 1) throw new NotRegular();
    return [begins ? '' : anything, `(${body.text})`, ends ? '' : anything].join(' ').trim();
  }

  #alternatives(): { text: string; count: number } {
    if (++this.#depth > mostDepth) throw new NotRegular();
    const bodies = [this.#sequence()];
    while (this.#take('|')) bodies.push(this.#sequence());
    this.#depth--;
    return { text: bodies.join(' | '), count: bodies.length };
  }

  #sequence(): string {
    const items: string[] = [];
    while (this.#place < this.#characters.length && !'|)'.includes(this.#next)) items.push(this.#repetition());
    return items.length === 0 ? '""' : items.join(' ');
  }

  #repetition(): string {
    const item = this.#atom();
    const times = this.#times();
    if (times === undefined) return item;
    this.#take('?'); // a lazy one matches the same strings
    return repeated(this.#rules, this.#rules.add(item), times);
  }

  #times(): { min: number; max: number | null } | undefined {
    if (this.#take('*')) return { min: 0, max: null };
    if (this.#take('+')) return { min: 1, max: null };
    if (this.#take('?')) return { min: 0, max: 1 };
    const braces = /^\{(\d{1,6})(,?)(\d{0,6})\}/.exec(this.#characters.slice(this.#place, this.#place + 20).join(''));
    if (braces === null) return undefined;
    this.#place += braces[0].length;
    const min = Number(braces[1]);
    const max = braces[2] === '' ? min : braces[3] === '' ? null : Number(braces[3]);
    if (Math.max(min, max ?? 0) > mostRepetitions || (max !== null && max < min)) throw new NotRegular();
    return { min, max };
  }

  #atom(): string {
    const character = this.#read();
    if (character === '(') return this.#group();
    if (character === '[') return this.#orNone(this.#class());
    if (character === '.') return this.#orNone(complement(lineEnds));
    if (character === '\\') return this.#orNone(this.#escape());
    if ('^$*+?{}'.includes(character)) throw new NotRegular();
    return this.#orNone([codeRange(character)]);
  }

  #group(): string {
    if (this.#take('?')) {
      if (this.#take('<')) {
        if ('=!'.includes(this.#next)) throw new NotRegular();
        while (this.#read() !== '>');
      } else if (!this.#take(':')) throw new NotRegular();
    }
    const { text } = this.#alternatives();
    if (!this.#take(')')) throw new NotRegular();
    return `(${text})`;
  }

  #class(): CodeRange[] {
    const isNegated = this.#take('^');
    const set: CodeRange[] = [];
    while (!this.#take(']')) {
      const [first, ...others] = this.#classMember();
      if (first === undefined || others.length > 0 || this.#next !== '-' || this.#characters[this.#place + 1] === ']') {
        set.push(...(first === undefined ? [] : [first, ...others]));
        continue;
      }
      this.#read();
      const [last, ...more] = this.#classMember();
      if (last === undefined || more.length > 0 || last[0] < first[0]) throw new NotRegular();
      set.push([first[0], last[0]]);
    }
    return isNegated ? complement(set) : set;
  }

  #classMember(): CodeRange[] {
    const character = this.#read();
    if (character === '\\') return this.#take('b') ? [[8, 8]] : this.#escape();
    return [codeRange(character)];
  }

  #escape(): CodeRange[] {
    const character = this.#read();
    const known = classes[character];
    if (known !== undefined) return known;
    const control = controls[character];
    if (control !== undefined) return [[control, control]];
    if (character === 'x') return this.#hexadecimal(2);
    if (character === 'u') return this.#hexadecimal(4);
    // Word boundaries, properties of Unicode, references to groups.
    if (/[a-zA-Z1-9]/.test(character)) throw new NotRegular();
    return [codeRange(character)];
  }

  #hexadecimal(digits: number): CodeRange[] {
    const text = this.#characters.slice(this.#place, this.#place + digits).join('');
    if (!/^[0-9a-fA-F]+$/.test(text) || text.length !== digits) throw new NotRegular();
    this.#place += digits;
    const code = Number.parseInt(text, 16);
    return [[code, code]];
  }

  #orNone(set: readonly CodeRange[]): string {
    const grammar = characterGrammar(set);
    if (grammar === null) throw new NotRegular();
    return grammar;
  }

  get #next(): string {
    return this.#characters[this.#place] ?? '';
  }

  #read(): string {
    const character = this.#characters[this.#place++];
    if (character === undefined) throw new NotRegular();
    return character;
  }

  #take(character: string): boolean {
    if (this.#next !== character) return false;
    this.#place++;
    return true;
  }
}

function codeRange(character: string): CodeRange {
  const code = character.codePointAt(0) ?? 0;
  return [code, code];
}
