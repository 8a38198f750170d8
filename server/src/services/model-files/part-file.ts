import { type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What came of a file so far, kept beside its place until it is whole. */
export interface PartFile {
  readonly path: string;
  /** Bytes that are there; 0 when they are of something else than `url`. */
  size(url: string): Promise<number>;
  /** What the server said about the file when the part began. */
  origin(): Promise<PartOrigin | undefined>;
  /** Opens the part for writing at its end, after emptying it when `origin` is given. */
  open(origin?: PartOrigin): Promise<FileHandle>;
  discard(): Promise<void>;
  /** Puts the part in its place, in one step. */
  complete(): Promise<void>;
}

export interface PartOrigin {
  url: string;
  /** A strong entity tag; null when the server gave none. */
  entityTag: string | null;
  totalBytes: number | null;
}

export function partOf(target: string): PartFile {
  const path = `${target}.part`;
  const originPath = `${path}.json`;

  async function origin(): Promise<PartOrigin | undefined> {
    try {
      return JSON.parse(await readFile(originPath, 'utf8')) as PartOrigin;
    } catch {
      return undefined; // no part, or one whose beginning was interrupted
    }
  }

  async function discard(): Promise<void> {
    await rm(path, { force: true });
    await rm(originPath, { force: true });
  }

  return {
    path,
    origin,
    discard,
    async size(url) {
      if ((await origin())?.url !== url) return 0;
      return (await stat(path).catch(() => undefined))?.size ?? 0;
    },
    async open(fresh) {
      if (fresh === undefined) return open(path, 'a');
      await mkdir(dirname(path), { recursive: true });
      await writeFile(originPath, JSON.stringify(fresh));
      return open(path, 'w');
    },
    async complete() {
      const file = await open(path, 'r+');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(path, target);
      await rm(originPath, { force: true });
    },
  };
}
