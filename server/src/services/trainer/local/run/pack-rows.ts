import type { TrainingRow } from '../../../../models/training-example.ts';
import { createRandom, derivedSeed, shuffled } from './random.ts';

/** Rows that are computed together. */
export type Pack = readonly TrainingRow[];

/** What a graph must have room for: tokens that are read, and tokens of answers that are predicted. */
export interface PackSize {
  tokens: number;
  answers: number;
}

/** Packs that are not full yet and are looked at again. */
const mostOpenPacks = 16;

/** The last token of a row predicts nothing. */
export function tokensOf({ tokens }: TrainingRow): number {
  return tokens.length - 1;
}

/** The first token of all follows nothing, so nothing predicts it. */
export function answersOf({ tokens, answerStart }: TrainingRow): number {
  return tokens.length - Math.max(1, answerStart);
}

/** Tokens of a step: as many as wanted, or as the longest row has. */
export function stepTokens(rows: readonly TrainingRow[], wanted: number): number {
  return rows.reduce((most, row) => Math.max(most, tokensOf(row)), wanted);
}

/** Each row in the first pack that has room for it: what is left empty of a pack is computed, too. */
export function packRows(rows: readonly TrainingRow[], mostTokens: number): Pack[] {
  const packs: TrainingRow[][] = [];
  let open: { rows: TrainingRow[]; tokensLeft: number }[] = [];
  for (const row of rows) {
    const tokens = tokensOf(row);
    let place = open.find(({ tokensLeft }) => tokens <= tokensLeft);
    if (place === undefined) {
      place = { rows: [], tokensLeft: mostTokens };
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

export function largestPack(packs: readonly Pack[], tokens: number): PackSize {
  const answers = packs.map((pack) => pack.reduce((sum, row) => sum + answersOf(row), 0));
  return { tokens, answers: answers.reduce((most, count) => Math.max(most, count), 1) };
}
