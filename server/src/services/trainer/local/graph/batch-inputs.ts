import type { Context, Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import { answersOf, type Pack, sizeOf, tokensOf } from '../run/pack-rows.ts';

/** What a graph is given for one pack. */
export interface BatchInputs {
  tokens: Tensor;
  /** Of each token in its row. */
  positions: Tensor;
  /** `[tokens, tokens]` */
  mask: Tensor;
  /** Which tokens predict a token of an answer. */
  answerPlaces: Tensor;
  answerPositions: Tensor;
  /** `[tokens, answers]` */
  answerMask: Tensor;
  /** `[vocabulary, answers]`: 1 at the token that follows. */
  labels: Tensor;
  /** Once the graph has memory. */
  fill(): void;
}

const floatBytes = 4;

/**
 * Rows lie behind one another, and each sees only itself: the mask is block-diagonal and causal, and positions begin anew.
 * Source: Krell et al. 2021, arXiv 2107.02027
 */
export function createBatchInputs(
  ggml: Ggml,
  context: Context,
  { pack, vocabulary }: { pack: Pack; vocabulary: number },
): BatchInputs {
  const { newVector, newMatrix } = ggml.calls;
  const size = sizeOf(pack);
  const tensors = {
    tokens: newVector(context, tensorType.I32, size.tokens),
    positions: newVector(context, tensorType.I32, size.tokens),
    mask: newMatrix(context, tensorType.F32, size.tokens, size.tokens),
    answerPlaces: newVector(context, tensorType.I32, size.answers),
    answerPositions: newVector(context, tensorType.I32, size.answers),
    answerMask: newMatrix(context, tensorType.F32, size.tokens, size.answers),
    labels: newMatrix(context, tensorType.F32, vocabulary, size.answers),
  };
  return {
    ...tensors,
    fill() {
      const { tokens, positions, mask } = rowsBehindOneAnother(pack, size.tokens);
      const answers = answersIn(pack);
      const answerMask = new Float32Array(size.tokens * size.answers);
      answers.forEach(({ place }, index) => {
        answerMask.set(mask.subarray(place * size.tokens, (place + 1) * size.tokens), index * size.tokens);
      });
      ggml.write(tensors.tokens, tokens);
      ggml.write(tensors.positions, positions);
      ggml.write(tensors.mask, mask);
      ggml.write(
        tensors.answerPlaces,
        Int32Array.from(answers, ({ place }) => place),
      );
      ggml.write(
        tensors.answerPositions,
        Int32Array.from(answers, ({ place }) => positions[place]!),
      );
      ggml.write(tensors.answerMask, answerMask);
      ggml.clear(tensors.labels);
      const one = Float32Array.of(1);
      answers.forEach(({ next }, index) => ggml.write(tensors.labels, one, floatBytes * (index * vocabulary + next)));
    },
  };
}

function rowsBehindOneAnother(pack: Pack, size: number) {
  const tokens = new Int32Array(size);
  const positions = new Int32Array(size);
  const mask = new Float32Array(size * size).fill(Number.NEGATIVE_INFINITY);
  let start = 0;
  for (const row of pack) {
    const length = tokensOf(row);
    for (let index = 0; index < length; index++) {
      const place = start + index;
      tokens[place] = row.tokens[index]!;
      positions[place] = index;
      mask.fill(0, place * size + start, place * size + place + 1);
    }
    start += length;
  }
  // What is left over sees itself, because a token that sees nothing has no weights.
  for (let place = start; place < size; place++) mask[place * size + place] = 0;
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
