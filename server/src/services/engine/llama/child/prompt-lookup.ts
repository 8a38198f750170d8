/**
 * Guesses the next tokens: finds where the last two occurred before and proposes what followed there, since answers that
 * quote their sources mostly copy the prompt. A wrong guess costs a little time, never a wrong token: the model checks
 * every one. Source: prompt lookup decoding, github.com/apoorvumang/prompt-lookup-decoding.
 */
export interface PromptLookup {
  /** Up to `most` tokens that may follow `tokens`, which only ever grows; empty when there is no guess. */
  propose(tokens: readonly number[], most: number): number[];
  /** Says what followed the last proposal: its own tokens up to one that it had wrong, or as many as were drawn. */
  learn(drawn: readonly number[]): void;
  /** The chance, lately, of a proposed token to be right when those before it were. */
  readonly share: number;
}

const longestProposal = 15;
/** Before anything is known, and how much the newest token counts. */
const firstShare = 0.8;
const newestShare = 0.15;
/** Earlier occurrences compared, latest first. */
const mostCandidates = 16;
const longestMatch = 8;

export function createPromptLookup(): PromptLookup {
  const pairs = createPairIndex();
  let share = firstShare;
  let proposal: readonly number[] = [];
  return {
    get share() {
      return share;
    },
    propose(tokens, most) {
      pairs.extend(tokens);
      const start = pairs.bestMatch(tokens);
      proposal = start === undefined ? [] : tokens.slice(start, start + Math.min(longestProposal, most));
      return [...proposal];
    },
    learn(drawn) {
      const guesses = proposal;
      proposal = [];
      for (const [index, token] of drawn.entries()) {
        const guess = guesses[index];
        if (guess === undefined) return;
        share += (Number(guess === token) - share) * newestShare;
        if (guess !== token) return;
      }
    },
  };
}

/** Where each pair of neighbouring tokens ends, chained from the latest occurrence to the first. */
function createPairIndex() {
  const latest = new Map<number, number>();
  const earlier: number[] = [-1];
  return {
    extend(tokens: readonly number[]): void {
      // The last pair is what is looked for: it is indexed when a token follows it.
      for (let end = earlier.length; end < tokens.length - 1; end++) {
        const key = pairKey(tokens, end);
        earlier[end] = latest.get(key) ?? -1;
        latest.set(key, end);
      }
    },
    /** Where the tokens begin that followed the longest, then latest, earlier occurrence of the ending. */
    bestMatch(tokens: readonly number[]): number | undefined {
      const last = tokens.length - 1;
      if (last < 2) return undefined;
      let best: number | undefined;
      let bestLength = 0;
      let candidate = latest.get(pairKey(tokens, last)) ?? -1;
      for (let tried = 0; candidate !== -1 && tried < mostCandidates; tried++) {
        const length = matchLength(tokens, candidate);
        if (length > bestLength) [best, bestLength] = [candidate + 1, length];
        if (bestLength === longestMatch) break;
        candidate = earlier[candidate] ?? -1;
      }
      return best;
    },
  };
}

/** Vocabularies are smaller than 2^26, so that two tokens fit exactly into a number. */
function pairKey(tokens: readonly number[], end: number): number {
  return (tokens[end - 1] ?? 0) * 2 ** 26 + (tokens[end] ?? 0);
}

function matchLength(tokens: readonly number[], end: number): number {
  const last = tokens.length - 1;
  let length = 0;
  while (length < longestMatch && end - length >= 0 && tokens[end - length] === tokens[last - length]) length++;
  return length;
}
