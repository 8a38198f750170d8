import type { Filter, FindOptions } from 'mongodb';
import type { PageRequest } from '../../models/page.ts';
import { decodeCursor, type CursorValues } from '../cursor.ts';

/** Records in a list: the newest first by a date, and by id where that is the same. */
interface Listed {
  _id: string;
}

/** The order and the length of a page, with the one too many that says that there is another. */
export function newestFirst(date: string, { limit }: PageRequest): FindOptions {
  return { sort: { [date]: -1, _id: -1 }, limit: limit + 1 };
}

/** The place of a record in the list. */
export function placeOf({ _id }: Listed, date: Date): CursorValues {
  return [date.getTime(), _id];
}

/** The condition on what comes after a page; all that there is for the first one. */
export function following<R extends Listed>(date: keyof R & string, { after }: PageRequest): Filter<R> {
  if (after === null) return {};
  const [milliseconds, id] = decodeCursor(after, ['number', 'string']);
  const last = new Date(milliseconds as number);
  return { $or: [{ [date]: { $lt: last } }, { [date]: last, _id: { $lt: id } }] } as Filter<R>;
}
