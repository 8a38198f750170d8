import type { CsvForm, TableFormat } from '../../models/table.ts';

/** What the process that reads tables is asked. */
export interface IngestRequest extends FileToRead {
  /** The database that it writes; there is none yet. */
  output: string;
  /** The folder of both, where it may keep what does not fit into memory. */
  folder: string;
  /** For the engine. */
  memoryMegabytes: number;
}

/** The first thing that the process of a session is asked, before anybody needs it. */
export interface PrepareRequest {
  /** For the engine. */
  memoryMegabytes: number;
}

/** The second thing. */
export interface OpenRequest {
  tables: readonly TableToOpen[];
}

/** A table of a session: a database that was read before, or a file of few bytes, which the session reads into memory. */
export type TableToOpen = { name: string } & ({ file: string } | FileToRead);

/** A file as it came. */
export interface FileToRead {
  format: TableFormat;
  csv: CsvForm;
  input: string;
}

export interface QueryRequest {
  sql: string;
  /** Written by a model or a person. */
  isUntrusted: boolean;
}

/** The tables in the database of a table that was read. */
export const dataTable = 'data';
export const warningsTable = 'warnings';
