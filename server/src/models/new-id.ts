import { randomUUID } from 'node:crypto';

/**
 * An opaque id that nobody can guess or meet twice, e.g. `doc_9f86d081884c4d659a2feaa0c55ad015`. Node draws the bytes of
 * UUIDs many at once: bytes drawn for each id would cost ten times as much.
 */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}
