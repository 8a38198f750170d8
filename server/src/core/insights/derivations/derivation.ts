import type { QueryResult } from '../../../models/table.ts';
import type { Decimal } from '../evidence/decimal.ts';

/** Computes a number from a result; undefined where the result has none. Pure, and the same on every machine. */
export type Derivation = (result: QueryResult, parameters: readonly string[]) => Decimal | undefined;
