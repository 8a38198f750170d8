import type { Language } from '../../../models/language.ts';
import { fold } from '../../retrieval/fold.ts';
import { contentStems } from './content-stems.ts';
import { fullNamesIn, namesIn, plainWordsIn } from './facts.ts';
import { namesOf, wordsIn, type ReadableSource, type SourceSentence } from './readable-sources.ts';
import { asksForName } from './wanted-kind.ts';

export type Statement = Pick<SourceSentence, 'text' | 'stems'>;

/** What a question is about by name, as far as the sources have the name. */
export interface Subject {
  /** Of its names; empty when the question has none that the sources have. */
  stems: ReadonlySet<string>;
  /** Whether one of the statements holds for everything ("para qualquer cidade"), and so for what is named. */
  isAmongAll(statements: readonly Statement[]): boolean;
  /** Whether one of the statements is about another. `headingStems`: of the headings above them, which name it, too. */
  isMissed(statements: readonly Statement[], headingStems: ReadonlySet<string>): boolean;
}

interface Names {
  sources: readonly ReadableSource[];
  /** Names that the sources have, folded. */
  known: ReadonlySet<string>;
}

const general = /\b(?:qualquer|quaisquer|tod[oa]s?|cada|any|all|every|each)\b/;

export function subjectOf(question: string, sources: readonly ReadableSource[], language: Language): Subject {
  const known = namesOf(sources);
  const stems = contentStems(namesAskedFor(question, { sources, known }).join(' '), language);
  const asked = wordsIn(question);
  const fullNames = fullNamesAskedFor(question, { sources, known });
  const wantsName = asksForName(question);

  const isAmongAll: Subject['isAmongAll'] = (statements) =>
    stems.size > 0 && statements.some(({ text }) => general.test(fold(text)));
  const isOfAnother = ({ text }: Statement): boolean => [...namesIn(text, known)].some((name) => !asked.has(name));
  const isOfNamesake = ({ text }: Statement): boolean => {
    const others = fullNamesIn(text, known);
    return fullNames.some((name) => {
      const alike = others.filter((other) => other.some((word) => name.includes(word)));
      return alike.length > 0 && alike.every((other) => isNamesake(other, name));
    });
  };

  return {
    stems,
    isAmongAll,
    isMissed(statements, headingStems) {
      if (fullNames.length > 0 && statements.some(isOfNamesake)) return true;
      const isNamedIn = (some: readonly Statement[]): boolean =>
        [...stems].every((stem) => headingStems.has(stem) || some.some((statement) => statement.stems.has(stem)));
      // The name that is asked for may stand in a sentence of its own: "O projeto Delta é novo. A gerente é Marta Okada."
      const unnamed = isNamedIn(statements) && wantsName ? [] : statements.filter((each) => !isNamedIn([each]));
      return unnamed.some(isOfAnother) && !isAmongAll(statements);
    },
  };
}

/** "Sam Barnes" of "Susan Barnes": a part of the name is another, not only left out or added. */
function isNamesake(other: readonly string[], name: readonly string[]): boolean {
  return name.some((word) => !other.includes(word)) && other.some((word) => !name.includes(word));
}

/** The full names of the question of which the sources have a part, without words that they write without a capital, too. */
function fullNamesAskedFor(question: string, { sources, known }: Names): string[][] {
  const fullNames = fullNamesIn(question, known).filter(
    (name) => name.length > 1 && name.some((word) => known.has(word)),
  );
  if (fullNames.length === 0) return [];
  const plain = plainWordsOf(sources);
  return fullNames.filter((name) => !name.some((word) => plain.has(word)));
}

/**
 * The names of the question that the sources have, folded; also those typed without a capital, when no source writes them
 * so.
 */
function namesAskedFor(question: string, { sources, known }: Names): string[] {
  const given = namesIn(question, known);
  const words = [...wordsIn(question)].filter((word) => known.has(word));
  if (words.every((word) => given.has(word))) return words;
  const plain = plainWordsOf(sources);
  return words.filter((word) => given.has(word) || !plain.has(word));
}

function plainWordsOf(sources: readonly ReadableSource[]): Set<string> {
  return new Set(sources.flatMap(({ sentences }) => sentences.flatMap(({ text }) => [...plainWordsIn(text)])));
}
