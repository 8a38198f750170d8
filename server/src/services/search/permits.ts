import type { PassageFilter } from '../../models/passage-filter.ts';

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
