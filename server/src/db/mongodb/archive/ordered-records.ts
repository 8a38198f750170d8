import type { Document, Filter, WithId } from 'mongodb';
import type { MongoConnection } from '../connection.ts';

export interface OrderedRecords<R extends Document> {
  collection: string;
  /** A field that no two records have the same value of. */
  key?: keyof R & string;
  filter?: Filter<R>;
}

/** So few that a page of large records is some megabytes. */
const recordsAtOnce = 100;

/** All records in the order of a key, page by page; those that are added or removed meanwhile may be among them or not. */
export async function* readPages<R extends Document>(
  connection: MongoConnection,
  { collection, key = '_id', filter = {} }: OrderedRecords<R>,
): AsyncGenerator<WithId<R>[]> {
  let last: unknown;
  for (;;) {
    const later = last === undefined ? {} : { [key]: { $gt: last } };
    const page = await connection.run((database) =>
      database
        .collection<R>(collection)
        .find({ $and: [filter, later] } as Filter<R>)
        .sort({ [key]: 1 })
        .limit(recordsAtOnce)
        .toArray(),
    );
    if (page.length > 0) yield page;
    if (page.length < recordsAtOnce) return;
    last = page.at(-1)?.[key as keyof WithId<R>];
  }
}

export async function* readInOrder<R extends Document>(
  connection: MongoConnection,
  records: OrderedRecords<R>,
): AsyncGenerator<WithId<R>> {
  for await (const page of readPages(connection, records)) yield* page;
}
