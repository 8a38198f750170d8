import { availableParallelism } from 'node:os';
import type { DuckDBInstance as Instance } from '@duckdb/node-api';
import { DuckDBInstance } from './duckdb-api.ts';

/** More would need more memory than a process gets. */
const mostThreads = 4;

/** Of work on many rows. */
export const manyThreads = String(Math.min(mostThreads, availableParallelism()));

/** A database, or an empty one in memory, which loads no extension. */
export function openInstance(path: string, options: Readonly<Record<string, string>>): Promise<Instance> {
  return DuckDBInstance.create(path, {
    threads: manyThreads,
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    allow_community_extensions: 'false',
    ...options,
  });
}
