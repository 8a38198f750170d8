import { createHash } from 'node:crypto';
import type { PassageFilter } from '../../../models/passage-filter.ts';
import { permits, type Access } from '../permits.ts';
import type { Statements } from './statements.ts';

export interface PermittedAccess {
  /** Rows of the table `access`. */
  ids: ReadonlySet<number>;
  /** Whether these are all rows there are. */
  isEverything: boolean;
  /** Of all rows there are, 0..1. */
  share: number;
}

export type FindPermitted = (filter: PassageFilter) => PermittedAccess;

/** Reads the table `access`, which only grows, once. Call the result inside the snapshot of a query. */
export function createFindPermitted({ rows }: Statements): FindPermitted {
  const known = new Map<number, Access>();
  let lastId = 0;
  return (filter) => {
    const added = rows<[number, string, string]>(
      'select id, collection, readers from access where id > ? order by id',
      lastId,
    );
    for (const [id, collection, readers] of added) {
      known.set(id, { collection, readers: JSON.parse(readers) as string[] });
      lastId = id;
    }
    const ids = new Set<number>();
    for (const [id, access] of known) if (permits(filter, access)) ids.add(id);
    return { ids, isEverything: ids.size === known.size, share: known.size === 0 ? 0 : ids.size / known.size };
  };
}

/** The tokens of a passage's `access` column: letters and digits only, whatever the names contain. */
export function accessTokens(id: number, { collection, readers }: Access): string {
  return [accessToken(id), collectionToken(collection), ...readers.map(readerToken)].join(' ');
}

export const accessToken = (id: number): string => `a${id}`;
export const collectionToken = (name: string): string => `c${digest(name)}`;
export const readerToken = (name: string): string => `r${digest(name)}`;

const digestCharacters = 20;

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, digestCharacters);
}
