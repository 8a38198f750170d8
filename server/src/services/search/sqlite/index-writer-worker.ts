import { workerData } from 'node:worker_threads';
import { serveThread } from '../../../process/serve-thread.ts';
import { createSegmentMerger } from './merge-segments.ts';
import { openIndexWriter } from './schema.ts';
import { prepareOnce } from './statements.ts';
import { translatingErrors } from './storage-errors.ts';
import { createDocumentWriter } from './write-documents.ts';
import { createEmbeddingWriter } from './write-embeddings.ts';

// The only thread of this process that writes the index.

const database = openIndexWriter((workerData as { path: string }).path);
const statements = prepareOnce(database);
const documents = createDocumentWriter(database, statements);
const merger = createSegmentMerger(database, statements);

/** A write; it ends the pause in which segments are merged. */
const writing = <Argument>(work: (argument: Argument) => void): ((argument: Argument) => void) =>
  translatingErrors((argument) => {
    work(argument);
    merger.written();
  });

serveThread(
  {
    ready: () => true,
    replaceDocuments: writing(documents.replaceDocuments),
    deleteDocument: writing(documents.deleteDocument),
    putEmbeddings: writing(createEmbeddingWriter(database, statements)),
  },
  () => {
    merger.stop();
    database.close();
  },
);
