import type { LlamaModel, Token } from 'node-llama-cpp';

/** The text of tokens that follow `before`; of special tokens only those have any that are to be shown. */
export type Detokenize = (tokens: readonly number[], before: readonly number[]) => string;

export function createDetokenize(model: LlamaModel, shown: ReadonlySet<number>): Detokenize {
  const textOf = (tokens: readonly number[], before: readonly number[], special: boolean): string =>
    model.detokenize(tokens as Token[], special, before as Token[]);
  if (shown.size === 0) return (tokens, before) => textOf(tokens, before, false);
  return (tokens, before) => {
    const last = tokens.at(-1);
    if (last === undefined || !shown.has(last)) return textOf(tokens, before, false);
    return textOf(tokens.slice(0, -1), before, false) + textOf([last], [], true);
  };
}
