import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import { answersOf, type Pack, type PackSize, tokensOf } from '../run/pack-rows.ts';

/** What a graph is given for one pack. */
export interface BatchInputs {
  tokens: Tensor;
  positions: Tensor;
  mask: Tensor;
  /** Which tokens predict a token of an answer. */
  answerPlaces: Tensor;
  /** 1 at the token that follows, for each of those. */
  labels: Tensor;
  /** `[answers, tokens]`: 1 where an answer belongs to a token; brings gradients back to their tokens. */
  scatter: Tensor;
  /** One number. */
  lossGradient: Tensor;
  /** Returns how many tokens are predicted. */
  fill(pack: Pack): number;
}

/**
 * Rows lie behind one another, and each sees only itself: the mask is block-diagonal and causal, and positions begin anew.
 * Source: Krell et al. 2021, arXiv 2107.02027
 */
export function createBatchInputs(
  ggml: Ggml,
  { size, vocabulary, lossScale }: { size: PackSize; vocabulary: number; lossScale: number },
): BatchInputs {
  const { newVector, newMatrix } = ggml.calls;
  const context = ggml.newContext({ tensors: 7 });
  const tensors = {
    tokens: newVector(context, tensorType.I32, size.tokens),
    positions: newVector(context, tensorType.I32, size.tokens),
    mask: newMatrix(context, tensorType.F32, size.tokens, size.tokens),
    answerPlaces: newVector(context, tensorType.I32, size.answers),
    labels: newMatrix(context, tensorType.F32, vocabulary, size.answers),
    scatter: newMatrix(context, tensorType.F32, size.answers, size.tokens),
    lossGradient: newVector(context, tensorType.F32, 1),
  };
  ggml.allocate(context);
  // ggml divides by the rows of labels, also by those that are not used.
  ggml.write(tensors.lossGradient, Float32Array.of(lossScale * size.answers));
  const labels = new Float32Array(vocabulary * size.answers);

  return {
    ...tensors,
    fill(pack) {
      const { tokens, positions, mask } = rowsBehindOneAnother(pack, size);
      const answers = answersIn(pack);
      const places = new Int32Array(size.answers);
      const scatter = new Float32Array(size.answers * size.tokens);
      labels.fill(0);
      answers.forEach(({ place, next }, index) => {
        places[index] = place;
        labels[index * vocabulary + next] = 1;
        scatter[place * size.answers + index] = 1;
      });
      ggml.write(tensors.tokens, tokens);
      ggml.write(tensors.positions, positions);
      ggml.write(tensors.mask, mask);
      ggml.write(tensors.answerPlaces, places);
      ggml.write(tensors.labels, labels);
      ggml.write(tensors.scatter, scatter);
      return answers.length;
    },
  };
}

function rowsBehindOneAnother(pack: Pack, size: PackSize) {
  const tokens = new Int32Array(size.tokens);
  const positions = new Int32Array(size.tokens);
  const mask = new Float32Array(size.tokens * size.tokens).fill(Number.NEGATIVE_INFINITY);
  let start = 0;
  for (const row of pack) {
    const length = tokensOf(row);
    for (let index = 0; index < length; index++) {
      const place = start + index;
      tokens[place] = row.tokens[index]!;
      positions[place] = index;
      mask.fill(0, place * size.tokens + start, place * size.tokens + place + 1);
    }
    start += length;
  }
  // What is left over sees itself, because a token that sees nothing has no weights.
  for (let place = start; place < size.tokens; place++) mask[place * size.tokens + place] = 0;
  return { tokens, positions, mask };
}

/** Which place in the pack predicts which token. */
function answersIn(pack: Pack): { place: number; next: number }[] {
  const answers: { place: number; next: number }[] = [];
  let start = 0;
  for (const row of pack) {
    const first = row.tokens.length - answersOf(row);
    for (let index = first; index < row.tokens.length; index++) {
      answers.push({ place: start + index - 1, next: row.tokens[index]! });
    }
    start += tokensOf(row);
  }
  return answers;
}
