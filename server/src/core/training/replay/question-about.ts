import type { Language } from '../../../models/language.ts';
import { contentStems } from '../../ask/grounding/content-stems.ts';
import { fold } from '../../retrieval/fold.ts';
import { stopWords } from '../../retrieval/stop-words.ts';
import { pick } from './seeded-random.ts';

const forms: Readonly<Record<Language, readonly string[]>> = {
  pt: [
    'O que diz o texto sobre {words}?',
    'O que se sabe sobre {words}?',
    'Qual é a regra para {words}?',
    'Há informação sobre {words}?',
    'O que dizem as fontes sobre {words}?',
    'Quero saber sobre {words}.',
    '{words}?',
  ],
  en: [
    'What does the text say about {words}?',
    'What is known about {words}?',
    'What is the rule for {words}?',
    'Is there information about {words}?',
    'What do the sources say about {words}?',
    'I want to know about {words}.',
    '{words}?',
  ],
};

export interface QuestionRequest {
  sentence: string;
  /** Everything else that is shown: most of what is asked must not stand in any of it. */
  others: readonly string[];
  language: Language;
  random: () => number;
}

const fewestWords = 2;
const mostWords = 5;
const triesPerSentence = 6;

/**
 * A question about some neighbouring words of a sentence, which no other sentence has most of. Undefined when the
 * sentence has no such words. No model is needed for it, and it is answered by the sentence alone.
 */
export function questionAbout({ sentence, others, language, random }: QuestionRequest): string | undefined {
  const words = telling(sentence);
  const otherStems = others.map((other) => contentStems(other, language));
  for (let attempt = 0; attempt < triesPerSentence && words.length >= fewestWords; attempt++) {
    const length = fewestWords + Math.floor(random() * (Math.min(mostWords, words.length) - fewestWords + 1));
    const start = Math.floor(random() * (words.length - length + 1));
    const chosen = stretch(sentence, words.slice(start, start + length));
    const stems = contentStems(chosen, language);
    const isShared = otherStems.some((other) => 2 * [...stems].filter((stem) => other.has(stem)).length > stems.size);
    if (stems.size >= fewestWords && !isShared) return (pick(forms[language], random) ?? '').replace('{words}', chosen);
  }
  return undefined;
}

/** A word of a sentence, and where it stands. */
interface Word {
  start: number;
  end: number;
}

/** The words that say what a sentence is about, in its order. */
function telling(sentence: string): Word[] {
  return [...sentence.matchAll(/[\p{L}\p{N}]+(?:[-.,:/][\p{L}\p{N}]+)*/gu)]
    .filter(([word]) => (word.length > 3 || /\p{N}/u.test(word)) && !stopWords.has(fold(word)))
    .map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
}

/** From the first of the words to the last one, as it is written. */
function stretch(sentence: string, words: readonly Word[]): string {
  return sentence.slice(words[0]?.start, words.at(-1)?.end);
}
