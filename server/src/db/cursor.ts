import { AppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import type { Page } from '../models/page.ts';

/** The place of a row in its list: the values of the columns it is sorted by. Opaque to callers. */
export type CursorValues = readonly (string | number)[];

/**
 * A page out of `rows`, which were asked for with `limit + 1`: the one too many says that there is a next page.
 */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  { item, cursor }: { item(row: R): T; cursor(row: R): CursorValues },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(cursor(last)) : null;
  return { items: shown.map(item), next };
}

function encodeCursor(values: CursorValues): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values behind a cursor; rejects with `invalid_request` what `toPage` did not make from such types. */
export function decodeCursor(cursor: string, types: readonly ('string' | 'number')[]): CursorValues {
  const values = parse(cursor);
  const fits =
    Array.isArray(values) &&
    values.length === types.length &&
    types.every((type, index) => typeof values[index] === type);
  if (!fits) throw new AppError('invalid_request', { detail: told`The cursor in "after" is not one this list gave.` });
  return values as CursorValues;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
