import { createHash } from 'node:crypto';
import type { PassageFilter } from '../../../models/passage-filter.ts';

/** Who may see a document. */
export interface Access {
  collection: string;
  readers: readonly string[];
}

export function permits(filter: PassageFilter, { collection, readers }: Access): boolean {
  return (
    (filter.collections === null || filter.collections.includes(collection)) &&
    (filter.readers === null || readers.some((reader) => filter.readers?.includes(reader)))
  );
}

/** The tokens of a passage's `access` column: letters and digits only, whatever the names contain. */
export function accessTokens({ collection, readers }: Access): string {
  return [collectionToken(collection), ...readers.map(readerToken)].join(' ');
}

export const collectionToken = (name: string): string => `c${digest(name)}`;
export const readerToken = (name: string): string => `r${digest(name)}`;

const digestCharacters = 20;

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, digestCharacters);
}
