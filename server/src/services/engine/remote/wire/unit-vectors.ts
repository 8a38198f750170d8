import { malformed } from './trouble.ts';

const mostDimensions = 65_536;

/** Vectors of length 1, one per text; anything else that a server sent is refused. */
export function unitVectors(vectors: readonly (readonly number[])[], texts: number): Float32Array[] {
  const dimensions = vectors[0]?.length ?? 0;
  if (vectors.length !== texts || dimensions > mostDimensions) throw malformed(new Error('another number of vectors'));
  return vectors.map((vector) => {
    if (vector.length !== dimensions) throw malformed(new Error('vectors of different lengths'));
    return normalised(Float32Array.from(vector));
  });
}

/** Changes the vector in place. Zeros stay zeros: they are of a text that says nothing. */
export function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length)) throw malformed(new Error('a vector is not finite'));
  if (length === 0) return vector;
  for (let index = 0; index < vector.length; index++) vector[index]! /= length;
  return vector;
}
