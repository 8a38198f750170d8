import type { Finding } from '../../../../models/insight.ts';
import type { Token } from './sentences.ts';
import { anchorsOfType, orderedFacts } from './slot-rules.ts';

const towards = new Set('para a ao ate to until'.split(' '));
const outOf = new Set('de do da desde from since'.split(' '));

/** Facts and periods that come in the wrong order, or behind a preposition of the other one: "from {{after}} to {{before}}". */
export function lintOrder(sentence: readonly Token[], { type, facts }: Finding): string[] {
  const pairs = orderedFacts.filter(([earlier, later]) => facts[earlier] !== undefined && facts[later] !== undefined);
  return pairs.flatMap(([earlier, later]) => {
    const [first, last] = [positions(sentence, earlier), positions(sentence, later)];
    if (first.length === 0 || last.length === 0) return isToldAlone(sentence, { pair: [earlier, later], type });
    const isSwapped = Math.max(...first) > Math.min(...last);
    const isTwisted =
      earlier !== 'top_members' &&
      (first.some((index) => isWord(sentence[index - 1], towards)) ||
        last.some((index) => isWord(sentence[index - 1], outOf)));
    return isSwapped || isTwisted ? [later] : [];
  });
}

/** One of a pair by itself says before or after only beside its period. */
function isToldAlone(
  sentence: readonly Token[],
  { pair, type }: { pair: readonly [string, string]; type: Finding['type'] },
): string[] {
  return pair.filter((name) => positions(sentence, name).length > 0 && anchorsOfType[type][name] === undefined);
}

function positions(sentence: readonly Token[], name: string): number[] {
  return sentence.flatMap((token, index) => (token.type === 'slot' && token.name === name ? [index] : []));
}

function isWord(token: Token | undefined, words: ReadonlySet<string>): boolean {
  return token?.type === 'word' && words.has(token.text);
}
