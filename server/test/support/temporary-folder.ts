import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty folder, removed with everything in it when it is disposed of. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string; file(name: string): string }> {
  const path = await mkdtemp(join(tmpdir(), 'billumy-'));
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
