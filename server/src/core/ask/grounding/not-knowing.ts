import type { Language } from '../../../models/language.ts';
import { fold } from '../../retrieval/fold.ts';

/** How the bundled model says it, and how others are taught to. */
export const taughtNotKnowing: Readonly<Record<Language, string>> = {
  pt: 'Não sei: as fontes não respondem.',
  en: 'I do not know: the sources do not answer.',
};

// How models say that the sources do not answer; the first of each language is what the prompt teaches.
const beginnings = [
  'nao sei',
  'as fontes nao',
  'nao ha informac',
  'nao encontrei',
  'nao e possivel responder',
  'i do not know',
  "i don't know",
  'the sources do not',
  "the sources don't",
  'there is no information',
  'i cannot answer',
];

/** Whether the text says that the sources do not answer. */
export function saysItDoesNotKnow(text: string): boolean {
  const folded = normalised(text);
  return beginnings.some((beginning) => folded.startsWith(beginning));
}

/** Whether it says so, or may still come to say so as it is written on. */
export function startsLikeNotKnowing(text: string): boolean {
  const folded = normalised(text);
  return beginnings.some((beginning) => folded.startsWith(beginning) || beginning.startsWith(folded));
}

/** Longer than any of the beginnings, also in full-width letters or with marks. */
const examinedCharacters = 200;

function normalised(text: string): string {
  return fold(text.slice(0, examinedCharacters)).replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
}
