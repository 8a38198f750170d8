/** How many tokens a step may take, so that an abort, and those who are writing, need not wait long for its end. */
export interface PromptPace {
  /** @param writing whether others write answers meanwhile, who then wait for the step */
  tokens(writing: boolean): number;
  learn(tokens: number, milliseconds: number): void;
  /** Undefined before there was a step to learn from. */
  readonly msPerToken: number | undefined;
}

const longestStepMs = 500;
const longestStepWhileWritingMs = 400;
const fewestTokens = 16;
/** As many tokens share a tile of the attention; fewer at once take a tenth longer each. */
const tile = { tokens: 64, longestMs: 900 };
/** Steps of fewer tokens say little about the speed of a long one. */
const enoughToLearn = 16;

export function createPromptPace(mostTokens: number): PromptPace {
  let msPerToken: number | undefined;
  return {
    get msPerToken() {
      return msPerToken;
    },
    tokens(writing) {
      if (msPerToken === undefined) return Math.min(mostTokens, 128);
      const tileMs = msPerToken * tile.tokens;
      if (!writing && tileMs > longestStepMs && tileMs < tile.longestMs) return Math.min(mostTokens, tile.tokens);
      const tokens = Math.floor((writing ? longestStepWhileWritingMs : longestStepMs) / msPerToken);
      return Math.max(fewestTokens, Math.min(mostTokens, tokens));
    },
    learn(tokens, milliseconds) {
      if (tokens < enoughToLearn) return;
      const latest = milliseconds / tokens;
      msPerToken = msPerToken === undefined ? latest : (msPerToken + latest) / 2;
    },
  };
}
