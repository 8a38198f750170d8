/**
 * What a decode of so many tokens costs here, measured: with some quantizations and processors two tokens together take
 * four times as long as one, with others sixteen take hardly longer.
 */
export interface StepCost {
  learn(tokens: number, milliseconds: number): void;
  /** Whether answers get on faster one after the other than `writers` of them together. */
  isFasterAlone(writers: number): boolean;
  /** Whether `guesses` guessed tokens, of which `share` are usually right, are worth their cost. */
  isWorthGuessing(guesses: number, share: number): boolean;
}

/** Longer steps are of prompts, which are always evaluated as much at once as possible. */
const mostTokens = 32;
const newestShare = 0.2;
/** Every so many decisions the other way is tried, since the machine may have changed. */
const decisionsUntilTrial = 200;

export function createStepCost(): StepCost {
  const costs = new Map<number, number>();
  let decisions = 0;

  function isTrial(): boolean {
    decisions = (decisions + 1) % decisionsUntilTrial;
    return decisions === 0;
  }

  return {
    learn(tokens, milliseconds) {
      if (tokens > mostTokens) return;
      const known = costs.get(tokens) ?? milliseconds;
      costs.set(tokens, known + (milliseconds - known) * newestShare);
    },
    isFasterAlone(writers) {
      if (writers < 2) return true;
      const together = costs.get(writers);
      if (together === undefined) return false;
      const alone = costs.get(1);
      const isFaster = alone === undefined || alone * writers < together;
      return isTrial() ? !isFaster : isFaster;
    },
    isWorthGuessing(guesses, share) {
      const guessed = costs.get(guesses + 1);
      const plain = costs.get(1);
      if (plain === undefined) return false;
      return guessed === undefined || guessed < plain * (1 + guesses * share) || isTrial();
    },
  };
}
