import type { TableFormat } from '../../../models/table.ts';

/** A table at its place in a text. */
export interface FoundTable {
  start: number;
  end: number;
  format: TableFormat;
  delimiter?: string;
  content: string;
}
