import { FormatError } from './format-error.ts';
import { type GrammarItem, parseGrammar } from './parse-grammar.ts';

/** Beyond these, reading the grammar or following it takes llama.cpp minutes, or more memory than there is. */
const mostElements = 200_000;
const mostPaths = 10_000;
const deepest = 500;

/**
 * Fails with a `FormatError` for a grammar that no text satisfies, or that would take llama.cpp down with it: it reads
 * grammars in native code, where endless recursion ends the process.
 */
export function checkGrammar(grammar: string): void {
  const rules = parseGrammar(grammar);
  const empty = emptyRules(rules);
  if (!productiveRules(rules).has('root')) throw new FormatError('No text can satisfy the grammar: it never ends.');
  countPaths(rules, empty);
  const elements = [...rules.values()].flat().reduce((sum, items) => sum + sizeOf(items), 0);
  if (elements > mostElements) throw new FormatError('The grammar is too big: repeat less in it.');
}

type Rules = ReturnType<typeof parseGrammar>;

/** Rules that some text satisfies. */
function productiveRules(rules: Rules): Set<string> {
  return rulesWhere(rules, (item, known) => item.min === 0 || !('rule' in item) || known.has(item.rule));
}

/** Rules that the empty text satisfies. */
function emptyRules(rules: Rules): Set<string> {
  return rulesWhere(rules, (item, known) => item.min === 0 || ('rule' in item && known.has(item.rule)));
}

/** Rules with an alternative each item of which fulfils the condition, which may depend on other such rules. */
function rulesWhere(rules: Rules, holds: (item: GrammarItem, known: ReadonlySet<string>) => boolean): Set<string> {
  const users = new Map<string, Set<string>>();
  for (const [name, alternatives] of rules) {
    for (const item of alternatives.flat()) {
      if ('rule' in item) users.set(item.rule, (users.get(item.rule) ?? new Set()).add(name));
    }
  }
  const known = new Set<string>();
  const toTry = new Set(rules.keys());
  for (const name of toTry) {
    toTry.delete(name);
    const alternatives = rules.get(name) ?? [];
    if (known.has(name) || !alternatives.some((items) => items.every((item) => holds(item, known)))) continue;
    known.add(name);
    for (const user of users.get(name) ?? []) toTry.add(user);
  }
  return known;
}

/**
 * How many ways there are from each rule to a first character: llama.cpp walks all of them. Fails when there are too
 * many, or when one leads back to its beginning.
 */
function countPaths(rules: Rules, empty: ReadonlySet<string>): void {
  const counts = new Map<string, number>();
  const underWay = new Set<string>();

  function pathsOf(name: string): number {
    const known = counts.get(name);
    if (known !== undefined) return known;
    if (underWay.has(name)) throw new FormatError('A rule of the grammar begins with itself.');
    underWay.add(name);
    if (underWay.size > deepest) throw new FormatError('Too many rules of the grammar begin with each other.');
    const paths = (rules.get(name) ?? []).reduce((sum, items) => sum + pathsInto(items), 1);
    underWay.delete(name);
    counts.set(name, paths);
    if (paths > mostPaths) throw new FormatError('The grammar has too many alternatives in one place.');
    return paths;
  }

  function pathsInto(items: readonly GrammarItem[]): number {
    let paths = 1;
    for (const item of items) {
      if ('rule' in item) paths += pathsOf(item.rule);
      if (item.min > 0 && !('rule' in item && empty.has(item.rule))) break;
    }
    return paths;
  }

  for (const name of rules.keys()) pathsOf(name);
}

/** Elements that llama.cpp makes of an alternative, in which it writes repetitions out. */
function sizeOf(items: readonly GrammarItem[]): number {
  return items.reduce((sum, { size, min, max }) => sum + size * Math.max(1, min, max ?? 0), 0);
}
