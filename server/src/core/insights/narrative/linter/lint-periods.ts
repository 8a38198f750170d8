import type { Finding } from '../../../../models/insight.ts';
import type { Token } from './sentences.ts';
import { comparedPeriods } from './slot-rules.ts';

// What stands behind these is what something is compared with: the earlier period.
const comparisons = new Set(
  'frente diante relacao comparado comparada comparados comparacao comparando against compared comparison comparing relative versus over'.split(
    ' ',
  ),
);

/** Periods that are told as if the change went the other way: "in the earlier one, compared with the later one". */
export function lintPeriods(sentence: readonly Token[], { labels }: Finding): string[] {
  return comparedPeriods.flatMap(({ earlier, later, earlierFact }) => {
    if (labels[earlier] === undefined) return [];
    const firsts = positions(sentence, earlier);
    const lasts = positions(sentence, later);
    if (firsts.length === 0) return [];
    if (lasts.length === 0) return positions(sentence, earlierFact).length > 0 ? [] : [earlier];
    const comparison = sentence.findIndex((token) => token.type === 'word' && comparisons.has(token.text));
    if (comparison === -1) return Math.max(...firsts) < Math.min(...lasts) ? [] : [earlier];
    const next = sentence.slice(comparison).find((token) => isSlot(token, earlier) || isSlot(token, later));
    return next !== undefined && isSlot(next, earlier) ? [] : [earlier];
  });
}

function positions(sentence: readonly Token[], name: string): number[] {
  return sentence.flatMap((token, index) => (isSlot(token, name) ? [index] : []));
}

function isSlot(token: Token, name: string): boolean {
  return token.type === 'slot' && token.name === name;
}
