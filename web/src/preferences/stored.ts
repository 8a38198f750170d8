/** What the browser keeps for this page between visits; never anything that opens an account. */
export type StoredName = 'language' | 'theme' | 'signed-in';

const key = (name: StoredName): string => `billumy.${name}`;

export function readStored(name: StoredName): string | null {
  try {
    return localStorage.getItem(key(name));
  } catch {
    // A browser may forbid it: then nothing is remembered.
    return null;
  }
}

export function writeStored(name: StoredName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), value);
  } catch {
    // As above: the choice holds until the page is closed.
  }
}
