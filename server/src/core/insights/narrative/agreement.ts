import type { Language } from '../../../models/language.ts';
import type { Name } from './period-text.ts';

const contractions: readonly [RegExp, Readonly<Record<'o' | 'a', string>>][] = [
  [/(^|\s)em $/i, { o: 'no ', a: 'na ' }],
  [/(^|\s)de $/i, { o: 'do ', a: 'da ' }],
  [/(^|\s)por $/i, { o: 'pelo ', a: 'pela ' }],
  [/(^|\s)a $/i, { o: 'ao ', a: 'à ' }],
];

/** The words before a name, and the name, as they stand together: "em" + "a semana" is "na semana", "in" + a day is "on". */
export function join(before: string, { name, language }: { name: Name; language: Language }): string {
  if (language === 'en') return (name.isDay ? before.replace(/\b(i)n $/i, inToOn) : before) + name.text;
  if (name.article === null) return before + name.text;
  for (const [preposition, contracted] of contractions) {
    if (preposition.test(before)) return before.replace(preposition, like(contracted[name.article])) + name.text;
  }
  return `${before}${name.article} ${name.text}`;
}

function inToOn(_found: string, letter: string): string {
  return letter === 'I' ? 'On ' : 'on ';
}

/** Puts a contraction where the preposition was, with its capital. */
function like(contraction: string) {
  return (found: string, space: string): string => {
    const isCapital = /^\s?\p{Lu}/u.test(found);
    return space + (isCapital ? contraction.charAt(0).toUpperCase() + contraction.slice(1) : contraction);
  };
}
