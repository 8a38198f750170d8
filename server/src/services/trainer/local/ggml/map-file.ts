import { closeSync, fstatSync, openSync } from 'node:fs';
import koffi from 'koffi';

const readable = 1;
const isPrivate = 2;

/** A file as memory, read when it is looked at and given back by the system when memory is short. Stays until the process ends. */
export function mapFile(path: string): { address: bigint; bytes: number } {
  const map = koffi.load(null).func('void* mmap(void*, size_t, int, int, int, intptr_t)') as unknown as (
    ...settings: [at: null, bytes: number, protection: number, flags: number, file: number, offset: number]
  ) => bigint | null;
  const file = openSync(path, 'r');
  try {
    const bytes = fstatSync(file).size;
    const address = map(null, bytes, readable, isPrivate, file, 0);
    if (address === null || address === failed) throw new Error('the model file could not be mapped');
    return { address, bytes };
  } finally {
    closeSync(file);
  }
}

/** `MAP_FAILED` */
const failed = 2n ** 64n - 1n;
