/** How the bytes of a table are written; `json` is an array of objects, `ndjson` one object per line. */
export type TableFormat = 'json' | 'ndjson' | 'csv' | 'xlsx' | 'parquet';

/** How a CSV file is written; what is absent is found out. */
export interface CsvForm {
  delimiter?: string | undefined;
  decimal?: string | undefined;
  thousands?: string | undefined;
  /** In the form of strptime: `%d/%m/%Y`. */
  date?: string | undefined;
  encoding?: 'utf-8' | 'latin-1' | undefined;
}

/** What whoever sends a table says about one of its columns; what is absent is found out. */
export interface ColumnHint {
  name: string;
  role?: ColumnRole | undefined;
  unit?: string | undefined;
  aggregation?: Aggregation | undefined;
  /** Whether more is better. */
  favorable?: 'up' | 'down' | undefined;
  description?: string | undefined;
  /** Says something about a person: its values are not shown. */
  pii?: boolean | undefined;
}

export type ColumnRole = 'measure' | 'dimension' | 'time' | 'id' | 'ignore';
export type Aggregation = 'sum' | 'avg' | 'last' | 'count';

/** A cell as it travels: decimals and large integers as text, so that none loses a digit. */
export type Cell = string | number | boolean | null;

/** The result of a query. */
export interface QueryResult {
  columns: readonly { name: string; type: string }[];
  rows: readonly (readonly Cell[])[];
  /** There were more rows, or more bytes, than are given. */
  truncated: boolean;
  elapsedMs: number;
}

/** A table as the data engine has read it. */
export interface LoadedTable {
  /** As it is named in SQL. */
  name: string;
  rows: number;
  /** Types as DuckDB names them. */
  columns: readonly { name: string; type: string }[];
  /** Found while it was read. */
  warnings: readonly DataWarning[];
}

/** Something about the data that whoever reads a result must know. */
export interface DataWarning {
  code: DataWarningCode;
  table: string;
  /** null: about the whole table. */
  column: string | null;
  /** How many rows or values; null where a number says nothing. */
  count: number | null;
}

export type DataWarningCode =
  | 'id_like_number'
  | 'partial_period'
  | 'mixed_types'
  | 'non_finite'
  | 'gap'
  | 'future_date'
  | 'empty_column'
  | 'constant_column'
  | 'duplicate_rows'
  | 'null_values'
  | 'unit_jump'
  | 'renamed_column'
  | 'guessed_aggregation'
  | 'personal_data'
  | 'formula_text'
  | 'latin_1'
  | 'inexact_numbers'
  | 'rows_in_cell'
  | 'few_rows'
  | 'columns_left_out';

/** A table that was uploaded once and can be asked about until it expires. */
export interface Dataset {
  id: string;
  ownerId: string;
  /** By which it is named in SQL. */
  name: string;
  format: TableFormat;
  csv: CsvForm;
  bytes: number;
  /** `sha256:<hex>` of the bytes. */
  digest: string;
  createdAt: Date;
  expiresAt: Date;
}
