/**
 * What a question may see; part of every index query, in every leg.
 * `collections: null` is every collection. `readers: null` is a reader of everything (an administrator asking for
 * themselves); otherwise a passage is visible when one of its readers is in the list.
 */
export interface PassageFilter {
  collections: readonly string[] | null;
  readers: readonly string[] | null;
}

/** The reader that every document without a reader list carries. */
export const everyone = 'everyone';
export const userReader = (username: string): string => `user:${username}`;
export const groupReader = (group: string): string => `group:${group}`;
