import { stat } from 'node:fs/promises';
import { type GgufMetadata, readGgufMetadata } from './gguf-metadata.ts';
import { sha256Of } from './sha256-of.ts';

/** GGUF files, whose metadata and hashes are remembered for as long as the files are the same. */
export interface GgufFiles {
  /** Rejects when there is no file, or with `MalformedGguf`. */
  read(path: string): Promise<GgufFile>;
  /** In hexadecimal digits. */
  sha256(path: string): Promise<string>;
}

export interface GgufFile extends GgufMetadata {
  bytes: number;
  modifiedAt: Date;
}

export function createGgufFiles(): GgufFiles {
  const files = createMemory<GgufFile>();
  const hashes = createMemory<string>();
  return {
    async read(path) {
      const { version, size, mtime } = await look(path);
      return files.get(version, async () => ({ ...(await readGgufMetadata(path)), bytes: size, modifiedAt: mtime }));
    },
    async sha256(path) {
      const { version } = await look(path);
      return hashes.get(version, () => sha256Of(path));
    },
  };
}

async function look(path: string) {
  const { size, mtime, ino } = await stat(path);
  return { version: [path, ino, size, mtime.getTime()].join('\0'), size, mtime };
}

const mostRemembered = 100;

/** Remembers what took long, also while it is still being found out. */
function createMemory<Value>() {
  const remembered = new Map<string, Promise<Value>>();
  return {
    get(key: string, find: () => Promise<Value>): Promise<Value> {
      const known = remembered.get(key);
      if (known !== undefined) return known;
      if (remembered.size >= mostRemembered) remembered.clear();
      const found = find();
      remembered.set(key, found);
      found.catch(() => remembered.delete(key));
      return found;
    },
  };
}
