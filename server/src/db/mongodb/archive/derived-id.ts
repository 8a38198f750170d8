import { createHash } from 'node:crypto';
import { ObjectId } from 'mongodb';

const idBytes = 12;

/** The same for the same words: what a crash left of something is found and replaced by it. */
export function derivedId(...words: readonly (string | number)[]): ObjectId {
  const hash = createHash('sha256').update(JSON.stringify(words)).digest();
  return new ObjectId(hash.subarray(0, idBytes));
}
