import { fold } from '../../retrieval/fold.ts';

const negations = new Set('nao nunca jamais nem not never no cannot'.split(' '));
// Between the negation and what it denies: "não se pode", "will not be".
const transparent = new Set('se o a os as lhe lhes me te nos ser be to the'.split(' '));

/**
 * Whether one text denies what the other states: a word of both follows a negation in only one of them
 * ("pode devolver", "não pode devolver"). Sees explicit negation only, not antonyms.
 */
export function contradicts(one: string, other: string): boolean {
  const first = polarity(one);
  const second = polarity(other);
  return [...first].some(([word, denied]) => {
    const there = second.get(word);
    return there !== undefined && there !== denied;
  });
}

/** Words, and whether every occurrence is denied; words that occur both ways say nothing and are left out. */
function polarity(text: string): Map<string, boolean> {
  const words =
    fold(text)
      // "Não, a garagem não abre": an answer to the question, which denies no word after it.
      .replaceAll(/(^|[.!?:]\s+)nao\s*[,;–—]/g, '$1 ')
      .replaceAll(/n[’']t\b/g, ' not')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const denied = new Map<string, boolean>();
  const mixed = new Set<string>();
  let afterNegation = false;
  for (const word of words) {
    if (negations.has(word)) {
      afterNegation = true;
      continue;
    }
    if (afterNegation && transparent.has(word)) continue;
    if (denied.get(word) === !afterNegation) mixed.add(word);
    denied.set(word, afterNegation);
    afterNegation = false;
  }
  for (const word of mixed) denied.delete(word);
  return denied;
}
