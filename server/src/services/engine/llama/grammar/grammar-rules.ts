import { FormatError } from './format-error.ts';

const mostCharacters = 200_000;

/** Fails for so many characters of a grammar, or of a schema that one is made of. */
export function assertSmall(characters: number): void {
  if (characters > mostCharacters) throw new FormatError('The format is too big: use a smaller schema.');
}

/** The rules of a grammar in GBNF, as they are found. */
export class GrammarRules {
  readonly #prefix: string;
  readonly #bodies = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #size = 0;

  /** @param prefix of the names of all rules but those that are named by others */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The name of a rule with this body, which is defined if there is none. */
  add(body: string): string {
    const known = this.#names.get(body);
    if (known !== undefined) return known;
    const name = this.reserve();
    this.#names.set(body, name);
    this.define(name, body);
    return name;
  }

  /** A name that is defined later. */
  reserve(): string {
    const name = `${this.#prefix}${this.#bodies.size}`;
    this.#bodies.set(name, '');
    return name;
  }

  define(name: string, body: string): void {
    this.#size += name.length + body.length;
    assertSmall(this.#size);
    this.#bodies.set(name, body);
  }

  toString(): string {
    return [...this.#bodies].map(([name, body]) => `${name} ::= ${body}\n`).join('');
  }
}

const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as it stands in GBNF. */
export function literal(text: string): string {
  const escaped = text.replaceAll(/["\\\n\r\t]/g, (character) => escapes[character] ?? character);
  return `"${escaped}"`;
}

/** Alternatives of one rule; what is there twice is there once. */
export function choice(bodies: readonly string[]): string {
  return [...new Set(bodies)].join(' | ');
}

/** One of several texts, whose common beginnings are written once: else each text is followed separately. */
export function oneOfTexts(rules: GrammarRules, texts: readonly string[]): string {
  const byFirst = new Map<string, string[]>();
  for (const text of new Set(texts)) {
    const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
    const group = byFirst.get(first);
    if (group === undefined) byFirst.set(first, [text]);
    else group.push(text);
  }
  return choice(
    [...byFirst.values()].map((group) => {
      const [first = ''] = group;
      if (group.length === 1) return literal(first);
      const common = commonBeginning(group);
      const rests = group.map((text) => text.slice(common.length)).filter((text) => text !== '');
      const rest = rules.add(oneOfTexts(rules, rests));
      return `${literal(common)} ${rest}${rests.length < group.length ? '?' : ''}`;
    }),
  );
}

function commonBeginning([first = '', ...others]: readonly string[]): string {
  const characters = Array.from(first);
  let common = '';
  for (const character of characters) {
    if (!others.every((other) => other.startsWith(common + character))) break;
    common += character;
  }
  return common;
}

/** llama.cpp takes no more repetitions than 2000 in one place. */
const mostAtOnce = 1000;

/** A rule so many times, without or with a separator between: max null for any number. */
export function repeated(
  rules: GrammarRules,
  item: string,
  { min, max, separator }: { min: number; max: number | null; separator?: string },
): string {
  if (max === 0) return '';
  if (separator !== undefined) {
    const others = rules.add(`${separator} ${item}`);
    const rest = repeated(rules, others, { min: Math.max(0, min - 1), max: max === null ? null : max - 1 });
    return min === 0 ? `(${item} ${rest})?` : `${item} ${rest}`;
  }
  if (min > mostAtOnce) {
    const rest = { min: min - mostAtOnce, max: max === null ? null : max - mostAtOnce };
    return `${rules.add(`${item}{${mostAtOnce}}`)} ${repeated(rules, item, rest)}`;
  }
  if (max === null) return `${item}{${min},}`;
  if (max <= mostAtOnce) return `${item}{${min},${max}}`;
  const more = repeated(rules, item, { min: 0, max: max - mostAtOnce });
  const few = rules.add(`${item}{${min},${mostAtOnce - 1}}`);
  return `(${few} | ${rules.add(`${item}{${mostAtOnce}}`)} ${rules.add(more)})`;
}
