import type { Filter } from 'mongodb';
import type { DocumentStore } from '../../../ports/document-store.ts';
import { decodeCursor, toPage } from '../../cursor.ts';
import { hashOf } from '../../document-identity.ts';
import { acceptNew, acceptRevision } from './accept-document.ts';
import type { MongoConnection } from '../connection.ts';
import { readFile } from './document-files.ts';
import { documentOf, draftOf, filterCondition, type DocumentRecord, type ListedDocument } from './document-records.ts';
import { finishRevision } from './finish-revision.ts';
import { following, newestFirst, placeOf } from '../newest-first.ts';
import { documentsIn, findRevision, openRevisions, readText, writeText } from './revisions.ts';

export interface MongoDocumentStoreOptions {
  connection: MongoConnection;
  now: () => Date;
}

/** Records in MongoDB, bytes and texts in GridFS; what a crash left of an upload is removed in the background. */
export function openMongoDocumentStore({ connection, now }: MongoDocumentStoreOptions): DocumentStore {
  const { run } = connection;
  const revisions = openRevisions({ connection, now });

  return {
    accept(draft, original, id) {
      const upload = { draft, original, contentHash: hashOf(original) };
      return run((database) =>
        id === undefined
          ? acceptNew({ database, revisions, now }, upload)
          : acceptRevision({ database, revisions, now }, { ...upload, id }),
      );
    },
    async find(id) {
      const record = await run((database) => documentsIn(database).findOne<ListedDocument>({ _id: id }, listed));
      return record === null ? undefined : documentOf(record);
    },
    async list({ filter, status }, page) {
      const condition: Filter<DocumentRecord> = {
        ...filterCondition(filter),
        ...(status === null ? {} : { 'latest.status': status }),
        ...following<DocumentRecord>('createdAt', page),
      };
      const records = await run((database) =>
        documentsIn(database)
          .find<ListedDocument>(condition, { ...listed, ...newestFirst('createdAt', page) })
          .toArray(),
      );
      return toPage(records, page.limit, { item: documentOf, cursor: (record) => placeOf(record, record.createdAt) });
    },
    async collections(filter, { limit, after }) {
      const stages = [
        { $match: filterCondition(filter) },
        { $match: after === null ? {} : { 'shown.collection': { $gt: decodeCursor(after, ['string'])[0] } } },
        { $group: { _id: '$shown.collection', documents: { $sum: 1 } } },
        { $sort: { _id: 1 } },
        { $limit: limit + 1 },
      ];
      const counts = await run((database) =>
        documentsIn(database).aggregate<{ _id: string; documents: number }>(stages).toArray(),
      );
      return toPage(counts, limit, {
        item: ({ _id, documents }) => ({ name: _id, documents }),
        cursor: ({ _id }) => [_id],
      });
    },
    async findRevision(id, revision) {
      const found = await run((database) => findRevision(database, { id, revision }));
      if (found === undefined) return undefined;
      const { _id, draft } = found.stored;
      return {
        draft: draftOf(draft, found.ownerId),
        original: () => run((database) => readFile(database, { bucket: 'originals', id: _id })),
        text: () => run((database) => readText(database, _id)),
      };
    },
    saveText(id, revision, parsed) {
      return run(async (database) => {
        const found = await findRevision(database, { id, revision });
        if (found !== undefined) await writeText(database, found.stored._id, parsed);
      });
    },
    finish({ id, revision }, outcome) {
      return run((database) => finishRevision(database, { id, revision, at: now() }, outcome));
    },
    delete: (id) => run((database) => revisions.remove(database, id)),
    [Symbol.asyncDispose]: () => revisions[Symbol.asyncDispose](),
  };
}

const listed = { projection: { parts: 0, processing: 0 } };
