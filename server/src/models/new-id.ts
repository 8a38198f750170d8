import { randomBytes } from 'node:crypto';

/** An opaque id that nobody can guess or meet twice, e.g. `doc_9f86d081884c7d659a2feaa0c55ad015`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`;
}
