import { grainNoun } from '../match/breakdowns.ts';
import type { QuestionText } from './question-text.ts';

export interface Superlative {
  superlative: 'highest' | 'lowest' | null;
  /** Said of a value ("maior", "highest"), not of an amount ("mais", "most"). */
  isOfValue: boolean;
  /** Said as good or bad, which is high or low only where more is known to be better. */
  isJudged: boolean;
}

const limitWords: Readonly<Record<string, number>> = {
  dois: 2,
  duas: 2,
  two: 2,
  tres: 3,
  three: 3,
  quatro: 4,
  four: 4,
  cinco: 5,
  five: 5,
  seis: 6,
  six: 6,
  sete: 7,
  seven: 7,
  oito: 8,
  eight: 8,
  nove: 9,
  nine: 9,
  dez: 10,
  ten: 10,
};
const limitNumber = `(\\d{1,3}|${Object.keys(limitWords).join('|')})`;
const high = 'maior(?:es)?|mais|highest|largest|biggest|most|top|greatest|maxim[oa]s?|max|maximum|principal|principais';
const low = 'menor(?:es)?|menos|lowest|smallest|least|fewest|minim[oa]s?|min|minimum|bottom';
const good = 'melhor(?:es)?|best';
const bad = 'pior(?:es)?|worst';

const ofAmounts = /^(?:mais|menos|most|least|fewest|top|bottom|principa.*)$/;

/** "Os 5 maiores", before what there are five of; null: no such words. */
export function readLimit(text: QuestionText): (Superlative & { limit: number }) | null {
  const forms = [
    `(?:${high}|${good}|${low}|${bad}) ${limitNumber}`,
    `${limitNumber} (?:${high}|${good}|${low}|${bad})`,
  ];
  for (const form of forms) {
    // "mais de 100" and "2 lojas" are no such thing: a column or a grain must come.
    const match = text.take(new RegExp(`(?:os |as |the )?${form}(?= @c[db]| ${grainNoun})`));
    if (match === null) continue;
    const count = match[1] ?? '';
    const isLow = new RegExp(`(?<![^ ])(?:${low}|${bad})(?![^ ])`).test(match[0]);
    const isJudged = new RegExp(`(?<![^ ])(?:${good}|${bad})(?![^ ])`).test(match[0]);
    // "5 produtos com maior receita" says it once more.
    if (!isJudged) text.take(new RegExp(isLow ? low : high));
    const superlative = isLow ? 'lowest' : 'highest';
    return { limit: limitWords[count] ?? Number(count), superlative, isJudged, isOfValue: false };
  }
  return readCount(text);
}

/** "Os 3 produtos com maior receita", "the 3 stores that grew the most": how many first, then which. */
function readCount(text: QuestionText): (Superlative & { limit: number }) | null {
  const named = `@c[db]\\d+|${grainNoun}`;
  const which = `${high}|${low}|${good}|${bad}`;
  const match = text.take(
    new RegExp(`(?:os |as |the )?${limitNumber}(?= (?:${named}) (?:[^ ]+ )*(?:${which})(?![^ ]))`),
  );
  if (match === null) return null;
  const count = match[1] ?? '';
  return { ...readSuperlative(text), limit: limitWords[count] ?? Number(count), isOfValue: false };
}

/** "Maior", "least", "melhor". */
export function readSuperlative(text: QuestionText): Superlative {
  const words: readonly [string, 'highest' | 'lowest', boolean][] = [
    [high, 'highest', false],
    [low, 'lowest', false],
    [good, 'highest', true],
    [bad, 'lowest', true],
  ];
  for (const [form, superlative, isJudged] of words) {
    const word = text.take(new RegExp(form))?.[0];
    if (word !== undefined) return { superlative, isJudged, isOfValue: !ofAmounts.test(word) };
  }
  return { superlative: null, isJudged: false, isOfValue: false };
}
