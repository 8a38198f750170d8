import type { Filter } from 'mongodb';
import type { PageRequest } from '../../models/page.ts';
import { decodeCursor, type CursorValues } from '../cursor.ts';

/** Records in a list: the newest first by a date, and by id where that is the same. */
interface Listed {
  _id: string;
}

/** The order as MongoDB takes it. */
export const newestFirst = (date: string): Record<string, -1> => ({ [date]: -1, _id: -1 });

/** The place of a record in the list. */
export const placeOf = (record: Listed, date: Date): CursorValues => [date.getTime(), record._id];

/** The condition on what comes after a page; all that there is for the first one. */
export function following<R extends Listed>(date: keyof R & string, { after }: PageRequest): Filter<R> {
  if (after === null) return {};
  const [milliseconds, id] = decodeCursor(after, ['number', 'string']);
  const last = new Date(milliseconds as number);
  return { $or: [{ [date]: { $lt: last } }, { [date]: last, _id: { $lt: id } }] } as Filter<R>;
}
