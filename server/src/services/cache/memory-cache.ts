import type { Cache } from '../../ports/cache.ts';

interface Entry {
  value: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const defaultMaxBytes = 64 * 1024 * 1024;
// Strings take up to two bytes per character; the rest is the entry itself.
const entryBytes = 200;

export interface MemoryCacheOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** About how much memory the values may take; the least recently used give way. */
  maxBytes?: number;
}

/** A cache of this process alone. */
export function openMemoryCache({ now, maxBytes = defaultMaxBytes }: MemoryCacheOptions): Cache {
  // A Map keeps the order of insertion: the first entry is the least recently used.
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const remove = (key: string): void => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    bytes -= sizeOf(key, entry);
  };
  const store = (key: string, entry: Entry): void => {
    entries.set(key, entry);
    bytes += sizeOf(key, entry);
  };
  return {
    traits: { kind: 'memory' },
    async get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      remove(key);
      if (entry.expiresAt <= now()) return undefined;
      store(key, entry);
      return entry.value;
    },
    async set(key, value, timeToLiveMs) {
      remove(key);
      const entry = { value, expiresAt: now() + timeToLiveMs };
      if (timeToLiveMs <= 0 || sizeOf(key, entry) > maxBytes) return;
      store(key, entry);
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    async delete(key) {
      remove(key);
    },
    async [Symbol.asyncDispose]() {
      entries.clear();
      bytes = 0;
    },
  };
}

function sizeOf(key: string, { value }: Entry): number {
  return 2 * (key.length + value.length) + entryBytes;
}
