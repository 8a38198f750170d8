/**
 * Guesses the next tokens: finds where the last two occurred before and proposes what followed there, since answers that
 * quote their sources mostly copy the prompt. A wrong guess costs a little time, never a wrong token: the model checks
 * every one. Source: prompt lookup decoding, github.com/apoorvumang/prompt-lookup-decoding.
 */
export interface PromptLookup {
  /** At most `most` tokens that may follow `tokens`, which only ever grows. */
  propose(tokens: readonly number[], most: number): Proposal;
  /** Says what followed the last proposal: its own tokens up to one that it had wrong, or as many as were drawn. */
  learn(drawn: readonly number[]): void;
}

/** No tokens where there is no guess. */
export interface Proposal {
  tokens: readonly number[];
  /** Of each token, the chance to be right when those before it are. */
  chances: readonly number[];
}

const longestProposal = 15;
/** Two tokens are often together by chance, so that what follows them says nothing of whether an answer quotes. */
const shortestMatch = 2;
const chanceAfterShortest = 0.5;
/** After longer matches: before anything is known of an answer, and how much its newest token counts. */
const firstChance = 0.9;
const newestShare = 0.3;
export const noProposal: Proposal = { tokens: [], chances: [] };
/** Earlier occurrences compared, latest first. */
const mostCandidates = 16;
const longestMatch = 8;

export function createPromptLookup(): PromptLookup {
  const pairs = createPairIndex();
  let chance = firstChance;
  let proposal = noProposal;
  let isAfterShortest = false;
  return {
    propose(tokens, most) {
      pairs.extend(tokens);
      const match = pairs.bestMatch(tokens);
      if (match === undefined) return (proposal = noProposal);
      isAfterShortest = match.length === shortestMatch;
      const proposed = tokens.slice(match.next, match.next + Math.min(longestProposal, most));
      const chanceOf = (index: number): number => (index === 0 && isAfterShortest ? chanceAfterShortest : chance);
      return (proposal = { tokens: proposed, chances: proposed.map((_, index) => chanceOf(index)) });
    },
    learn(drawn) {
      const guesses = proposal.tokens;
      proposal = noProposal;
      for (const [index, token] of drawn.entries()) {
        const guess = guesses[index];
        if (guess === undefined) return;
        if (index > 0 || !isAfterShortest) chance += (Number(guess === token) - chance) * newestShare;
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
    /** The longest, then latest, earlier occurrence of the ending, and where the tokens after it begin. */
    bestMatch(tokens: readonly number[]): { next: number; length: number } | undefined {
      const last = tokens.length - 1;
      if (last < shortestMatch) return undefined;
      let best: { next: number; length: number } | undefined;
      let candidate = latest.get(pairKey(tokens, last)) ?? -1;
      for (let tried = 0; candidate !== -1 && tried < mostCandidates; tried++) {
        const length = matchLength(tokens, candidate);
        if (length > (best?.length ?? 0)) best = { next: candidate + 1, length };
        if (length === longestMatch) break;
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
