import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, type Db, type GridFSFile, type ObjectId } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';

/** The buckets of GridFS: original bytes, and texts as JSON. Both may be larger than a document of MongoDB. */
export type DocumentBucket = 'originals' | 'texts';

interface FileRef {
  bucket: DocumentBucket;
  id: ObjectId;
}

/** What is handed to the driver at a time: it writes all chunks of one piece at once. */
const pieceBytes = 4 * 1024 * 1024;

/** Writes a file; the id must be new. Complete and durable when it resolves. */
export async function writeFile(database: Db, { bucket, id }: FileRef, content: Uint8Array): Promise<void> {
  const upload = new GridFSBucket(database, { bucketName: bucket }).openUploadStreamWithId(id, id.toHexString());
  await pipeline(Readable.from(piecesOf(content)), upload);
}

function* piecesOf(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.byteLength; start += pieceBytes) {
    yield content.subarray(start, start + pieceBytes);
  }
}

/** Rejects with `storage_failed` when the file is not there completely. */
export async function readFile(database: Db, { bucket, id }: FileRef): Promise<Buffer> {
  const download = new GridFSBucket(database, { bucketName: bucket }).openDownloadStream(id);
  let length = 0;
  download.once('file', (file: GridFSFile) => {
    length = file.length;
  });
  const content = Buffer.concat((await download.toArray()) as Uint8Array[]);
  // The driver does not notice that the last chunks are missing.
  if (content.byteLength !== length) {
    throw new AppError('storage_failed', { cause: new Error(`${bucket} ${id.toHexString()} is incomplete`) });
  }
  return content;
}

/** Removes files, also what was left of them by a crash; removing what is not there is fine. */
export async function removeFiles(database: Db, bucket: DocumentBucket, ids: readonly ObjectId[]): Promise<void> {
  if (ids.length === 0) return;
  await database.collection(`${bucket}.files`).deleteMany({ _id: { $in: [...ids] } });
  await database.collection(`${bucket}.chunks`).deleteMany({ files_id: { $in: [...ids] } });
}
