import type { Language } from '../../../models/language.ts';
import type { SlotForm } from './template.ts';

type SignForm = Exclude<SlotForm, 'value' | 'size'>;
type Sign = 'negative' | 'zero' | 'positive';

const words: Readonly<Record<Language, Readonly<Record<SignForm, Readonly<Record<Sign, string>>>>>> = {
  pt: {
    direction: { negative: 'caiu', zero: 'variou', positive: 'subiu' },
    // All of one gender, so that an article before them fits.
    noun: { negative: 'queda', zero: 'variação', positive: 'alta' },
    position: { negative: 'abaixo', zero: 'ao redor', positive: 'acima' },
    sense: { negative: 'em sentidos opostos', zero: 'sem relação', positive: 'no mesmo sentido' },
  },
  en: {
    direction: { negative: 'fell', zero: 'changed', positive: 'rose' },
    noun: { negative: 'drop', zero: 'change', positive: 'rise' },
    position: { negative: 'below', zero: 'around', positive: 'above' },
    sense: { negative: 'in opposite directions', zero: 'without relation', positive: 'in the same direction' },
  },
};

/** The word that the sign of a fact decides. */
export function signWord(value: string, { form, language }: { form: SignForm; language: Language }): string {
  return words[language][form][signOf(value)];
}

export function signOf(value: string): Sign {
  const number = Number(value);
  if (number === 0) return 'zero';
  return number < 0 ? 'negative' : 'positive';
}
