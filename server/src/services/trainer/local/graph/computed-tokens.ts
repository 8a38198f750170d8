import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Operations } from '../ggml/operations.ts';

/** The tokens of a pack that a layer gives something for: all, or only those that predict a token of an answer. */
export interface ComputedTokens {
  count: number;
  /** Of each in its row. */
  positions: Tensor;
  /** `[tokens of the pack, count]`: 0 where one may look, -Infinity elsewhere. */
  mask: Tensor;
  /** Their columns, of a matrix with a column for each token of the pack. */
  choose(all: Tensor): Tensor;
  /** The gradient of all columns from that of theirs: nothing for the others. */
  spread(gradient: Tensor, all: Tensor): Tensor;
}

type Looking = Pick<ComputedTokens, 'count' | 'positions' | 'mask'>;

export function allTokens(looking: Looking): ComputedTokens {
  return { ...looking, choose: (all) => all, spread: (gradient) => gradient };
}

/** @param places of the tokens in the pack */
export function someTokens(operations: Operations, looking: Looking, places: Tensor): ComputedTokens {
  return {
    ...looking,
    choose: (all) => operations.rows(all, places),
    spread: (gradient, all) => operations.rowsBack(gradient, { indexes: places, table: all }),
  };
}
