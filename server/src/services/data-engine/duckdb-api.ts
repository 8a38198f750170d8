import duckdb from '@duckdb/node-api';

/** Where the files that a program may read are limited, Node 20.19 does not find the names that this package exports. */
export const { DuckDBDataChunk, DuckDBInstance, DuckDBTypeId, StatementType, VARCHAR } = duckdb;
