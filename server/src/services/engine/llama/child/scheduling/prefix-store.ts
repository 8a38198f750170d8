import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, statfsSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commonPrefix } from './slots.ts';

/** The state of a sequence after some tokens, in a file. */
export interface SavedPrefix {
  readonly owner: object;
  readonly tokens: readonly number[];
  readonly path: string;
  readonly bytes: number;
}

interface Entry extends SavedPrefix {
  readonly file: number;
  usedAt: number;
}

const mostFiles = 256;
const sharedMemory = '/dev/shm';

/**
 * States that no sequence holds any more, of all contexts together; the least recently used ones go when they are too
 * many bytes. They hold what people wrote, so their files have no name: they are gone with the process, however it ends.
 * Only Linux has such files; elsewhere nothing is saved.
 */
export class PrefixStore {
  readonly #maxBytes: number;
  readonly #folder: string;
  readonly #entries = new Set<Entry>();
  #uses = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = process.platform === 'linux' ? maxBytes : 0;
    this.#folder = hasSpace(sharedMemory, maxBytes) ? sharedMemory : tmpdir();
  }

  /** What shares the longest beginning with these tokens, and the length of that. */
  find(owner: object, tokens: readonly number[]): { saved: SavedPrefix; shared: number } | undefined {
    return [...this.#entries]
      .filter((entry) => entry.owner === owner)
      .map((saved) => ({ saved, shared: commonPrefix(saved.tokens, tokens) }))
      .toSorted((one, other) => other.shared - one.shared || one.saved.tokens.length - other.saved.tokens.length)[0];
  }

  /** Those not used for longest go first. */
  markUsed(saved: SavedPrefix): void {
    for (const entry of this.#entries) if (entry === saved) entry.usedAt = ++this.#uses;
  }

  /**
   * Keeps a state of about so many bytes, which `write` writes; of the same owner it replaces those that are a beginning
   * of it. Returns the bytes it takes, undefined when it is too large to be kept.
   */
  async add(
    state: { owner: object; tokens: readonly number[]; bytes: number },
    write: (path: string) => Promise<unknown>,
  ): Promise<number | undefined> {
    if (state.bytes > this.#maxBytes) return undefined;
    this.#makeRoom(state.bytes);
    const file = openNameless(this.#folder);
    try {
      const path = `/proc/self/fd/${file}`;
      await write(path);
      const { owner, tokens } = state;
      const { size: bytes } = fstatSync(file);
      this.#removeWhere((entry) => entry.owner === owner && commonPrefix(entry.tokens, tokens) === entry.tokens.length);
      this.#entries.add({ owner, tokens, path, file, bytes, usedAt: ++this.#uses });
      this.#makeRoom(0);
      return bytes;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  remove(saved: SavedPrefix): void {
    this.#removeWhere((entry) => entry === saved);
  }

  /** Forgets all that belongs to a context. */
  removeOf(owner: object): void {
    this.#removeWhere((entry) => entry.owner === owner);
  }

  #makeRoom(bytes: number): void {
    const oldestFirst = [...this.#entries].toSorted((one, other) => one.usedAt - other.usedAt);
    let total = oldestFirst.reduce((sum, entry) => sum + entry.bytes, bytes);
    for (const entry of oldestFirst) {
      if (total <= this.#maxBytes && this.#entries.size <= mostFiles) return;
      total -= entry.bytes;
      this.remove(entry);
    }
  }

  #removeWhere(matches: (entry: Entry) => boolean): void {
    for (const entry of [...this.#entries].filter(matches)) {
      this.#entries.delete(entry);
      closeSync(entry.file);
    }
  }
}

/** A file that is in no folder: whoever has it open can use it, nobody else can find it, its space is freed at the end. */
function openNameless(folder: string): number {
  const path = join(folder, `billumy-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

/** Containers often have little shared memory. */
function hasSpace(folder: string, bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= bytes;
  } catch {
    return false; // not there
  }
}
