import { everyone, groupReader, userReader } from '../../models/passage-filter.ts';
import type { Principal } from '../../models/principal.ts';

/** Who may see a document, as people say it; null is everyone with access to its collection. */
export type ReaderList = { users: readonly string[]; groups: readonly string[] } | null;

/** The readers of a document in the form it carries; whoever adds it is always among them. */
export function readersFrom(list: ReaderList, principal: Principal): readonly string[] {
  if (list === null) return [everyone];
  const users = [principal.username, ...list.users].map(userReader);
  return [...new Set([...users, ...list.groups.map(groupReader)])].toSorted();
}

/** The inverse of `readersFrom`. */
export function readerListOf(readers: readonly string[]): ReaderList {
  if (readers.includes(everyone)) return null;
  const named = (prefix: string): string[] =>
    readers.filter((reader) => reader.startsWith(prefix)).map((reader) => reader.slice(prefix.length));
  return { users: named(userReader('')), groups: named(groupReader('')) };
}
