import type { TrainingRow } from '../../../../models/training-example.ts';
import { createRandom, derivedSeed, shuffled } from './random.ts';

/** Rows that are computed together. */
export type Pack = readonly TrainingRow[];

/** What is computed: tokens that are read, and tokens of answers that are predicted. */
export interface PackSize {
  tokens: number;
  answers: number;
}

/** Packs that are not full yet and are looked at again. */
const mostOpenPacks = 16;
const tokensOfABlock = 64;

/** The last token of a row predicts nothing. */
export function tokensOf({ tokens }: TrainingRow): number {
  return tokens.length - 1;
}

/** The first token of all follows nothing, so nothing predicts it. */
export function answersOf({ tokens, answerStart }: TrainingRow): number {
  return tokens.length - Math.max(1, answerStart);
}

/** What is computed for a pack: ggml multiplies matrices of other widths with half of the speed. */
export function sizeOf(pack: Pack): PackSize {
  return {
    tokens: inBlocks(pack.reduce((sum, row) => sum + tokensOf(row), 0)),
    answers: pack.reduce((sum, row) => sum + answersOf(row), 0),
  };
}

function inBlocks(tokens: number): number {
  return Math.ceil(tokens / tokensOfABlock) * tokensOfABlock;
}

/**
 * Each row in the first pack that has room for it: of so many tokens, or as many as are computed for a row that is longer
 * by itself.
 */
export function packRows(rows: readonly TrainingRow[], mostTokens: number): Pack[] {
  const packs: TrainingRow[][] = [];
  let open: { rows: TrainingRow[]; tokensLeft: number }[] = [];
  for (const row of rows) {
    const tokens = tokensOf(row);
    let place = open.find(({ tokensLeft }) => tokens <= tokensLeft);
    if (place === undefined) {
      place = { rows: [], tokensLeft: tokens > mostTokens ? inBlocks(tokens) : mostTokens };
      packs.push(place.rows);
      open = [...open.slice(-mostOpenPacks), place];
    }
    place.rows.push(row);
    place.tokensLeft -= tokens;
  }
  return packs;
}

/** The packs of an epoch, in an order that the seed and the number of the epoch determine: nothing else has to be kept. */
export function epochPacks(
  rows: readonly TrainingRow[],
  { epoch, seed, mostTokens }: { epoch: number; seed: number; mostTokens: number },
): Pack[] {
  return packRows(shuffled(rows, createRandom(derivedSeed(seed, epoch + 1))), mostTokens);
}

/** What each of the packs fits into. */
export function largestSize(packs: readonly Pack[]): PackSize {
  return packs.map(sizeOf).reduce(
    (most, { tokens, answers }) => ({
      tokens: Math.max(most.tokens, tokens),
      answers: Math.max(most.answers, answers),
    }),
    nothing,
  );
}

/** Of all packs together. */
export function totalSize(packs: readonly Pack[]): PackSize {
  return packs
    .map(sizeOf)
    .reduce((sum, { tokens, answers }) => ({ tokens: sum.tokens + tokens, answers: sum.answers + answers }), nothing);
}

const nothing: PackSize = { tokens: 0, answers: 0 };
