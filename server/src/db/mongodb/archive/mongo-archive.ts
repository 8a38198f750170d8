import type { Archive } from '../../../ports/archive.ts';
import type { MongoConnection } from '../connection.ts';
import { readCopyMark, removeCopyMark, writeCopyMark } from './copy-mark.ts';
import { readContent, writeContent } from './documents.ts';
import { mongoKinds } from './mongo-kinds.ts';

/**
 * What is kept in MongoDB. The connection belongs to whoever opened it. Services may go on changing what is read: each
 * record is whole, as it was at some moment.
 */
export function createMongoArchive(connection: MongoConnection): Archive {
  return {
    async state() {
      const origin = await connection.run(readCopyMark);
      return origin === undefined ? { state: 'usable' } : { state: 'copying', origin };
    },
    read: (kind) => mongoKinds[kind].read(connection),
    count: (kind) => mongoKinds[kind].count(connection),
    write: (kind, records) => mongoKinds[kind].write(connection, records),
    readContent: (ref) => readContent(connection, ref),
    writeContent: (ref, bytes) => connection.run((database) => writeContent(database, ref, bytes)),
    beginCopy: (origin) => connection.run((database) => writeCopyMark(database, origin)),
    endCopy: () => connection.run(removeCopyMark),
  };
}
