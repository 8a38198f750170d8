import { createRequire } from 'node:module';
import type * as DuckDb from '@duckdb/node-api';

// Required, not imported: finding out what a package of 188 CommonJS files exports takes the loader of modules longer than
// running them, whenever a process starts; and where the files that a program may read are limited, Node 20.19 does not
// find it.
const duckdb = createRequire(import.meta.url)('@duckdb/node-api') as typeof DuckDb;

export const { DuckDBDataChunk, DuckDBInstance, DuckDBTypeId, StatementType, VARCHAR } = duckdb;
