import type { Language } from '../../../models/language.ts';
import { type FactPassage, textOf } from '../fact-passage.ts';
import { factPassages } from './retrieval-facts.ts';

/** A question over passages, and the sentence that answers it; null where none does. */
export interface RetrievalQuestion {
  language: Language;
  question: string;
  sources: readonly { title: string; section: string; text: string }[];
  answer: string | null;
}

/** Of the passages in a prompt; the bundled model is given no more either. */
const sourcesOfAQuestion = 3;
/** Of every so many questions, one is asked again without the passage that answers it. */
const askedAgain = 2;

/**
 * The fixed set of questions over documents, the same in every version of an installation: each fact is asked among two
 * passages that do not answer it, and some facts where no passage does.
 */
export function retrievalSet(): RetrievalQuestion[] {
  return (['pt', 'en'] as const).flatMap((language) => {
    const passages = factPassages.filter((passage) => passage.language === language);
    return passages.flatMap((passage, place) => {
      const others = rotated(passages, place);
      return [...answerable(passage, others, place), ...unanswerable(passage, others)];
    });
  });
}

function answerable(passage: FactPassage, others: readonly FactPassage[], place: number): RetrievalQuestion[] {
  return passage.facts.map(({ sentence, question }, index) => {
    const sources = others.slice(0, sourcesOfAQuestion - 1);
    sources.splice((place + index) % sourcesOfAQuestion, 0, passage);
    return { language: passage.language, question, sources: sources.map(asSource), answer: sentence };
  });
}

function unanswerable(passage: FactPassage, others: readonly FactPassage[]): RetrievalQuestion[] {
  const again = passage.facts.filter((_, index) => index % askedAgain === 0);
  const sources = others.slice(0, sourcesOfAQuestion).map(asSource);
  return again.map(({ question }) => ({ language: passage.language, question, sources, answer: null }));
}

/** The others, beginning with the one after this place. */
function rotated(passages: readonly FactPassage[], place: number): FactPassage[] {
  return [...passages.slice(place + 1), ...passages.slice(0, place)];
}

function asSource(passage: FactPassage): RetrievalQuestion['sources'][number] {
  return { title: passage.title, section: passage.section, text: textOf(passage) };
}
