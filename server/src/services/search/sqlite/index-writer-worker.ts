import { workerData } from 'node:worker_threads';
import { serveThread } from '../../../process/serve-thread.ts';
import { openIndexWriter } from './schema.ts';
import { prepareOnce } from './statements.ts';
import { translatingErrors } from './storage-errors.ts';
import { createDocumentWriter } from './write-documents.ts';
import { createEmbeddingWriter } from './write-embeddings.ts';

// The only thread of this process that writes the index.

const database = openIndexWriter((workerData as { path: string }).path);
const statements = prepareOnce(database);
const documents = createDocumentWriter(database, statements);

serveThread(
  {
    ready: () => true,
    replaceDocuments: translatingErrors(documents.replaceDocuments),
    deleteDocument: translatingErrors(documents.deleteDocument),
    putEmbeddings: translatingErrors(createEmbeddingWriter(database, statements)),
  },
  () => database.close(),
);
