import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';

/** The first `dimensions` of a vector, unit-length again; the whole vector when it has no more. */
export function cutVector(vector: Float32Array, dimensions: number | undefined): Float32Array {
  if (dimensions === undefined || dimensions >= vector.length) return vector;
  const cut = vector.slice(0, dimensions);
  const length = Math.hypot(...cut);
  return length === 0 ? cut : cut.map((value) => value / length);
}

/** Rejects with `context_too_long` for the first text that does not fit. */
export function refuseTooLong(counts: readonly number[], contextTokens: number): void {
  const tooLong = counts.findIndex((count) => count > contextTokens);
  if (tooLong === -1) return;
  const detail = told`Text ${tooLong + 1} has ${counts[tooLong]!} tokens; the model takes ${contextTokens}.`;
  throw new AppError('context_too_long', { detail });
}
