import type { Investigation } from './investigation.ts';

const kept = new WeakMap<Investigation, Map<string, Promise<unknown>>>();

/** What several detectors look at is queried and computed once per investigation. */
export function remember<Value>(investigation: Investigation, key: string, make: () => Promise<Value>): Promise<Value> {
  const made = kept.get(investigation) ?? new Map<string, Promise<unknown>>();
  kept.set(investigation, made);
  const known = made.get(key) ?? make();
  made.set(key, known);
  // Only what `make` of the same key gave is kept under it.
  return known as Promise<Value>;
}
