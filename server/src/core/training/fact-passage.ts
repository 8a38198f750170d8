import type { Language } from '../../models/language.ts';

/** A passage of an invented document, sentence by sentence, each with a question that it answers. */
export interface FactPassage {
  language: Language;
  title: string;
  section: string;
  facts: readonly { sentence: string; question: string }[];
}

/** @param lines in each a sentence, ` | ` and its question */
export function factPassage(
  language: Language,
  [title, section]: readonly [title: string, section: string],
  lines: string,
): FactPassage {
  const facts = lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' | '))
    .map(([sentence = '', question = '']) => ({ sentence, question }));
  return { language, title, section, facts };
}

/** Its sentences as they stand in the document. */
export function textOf({ facts }: FactPassage): string {
  return facts.map(({ sentence }) => sentence).join(' ');
}
