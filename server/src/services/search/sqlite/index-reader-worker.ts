import { workerData } from 'node:worker_threads';
import { serveThread } from '../../../process/serve-thread.ts';
import { createLexicalSearch } from './lexical-search.ts';
import { createPassageReader } from './read-passages.ts';
import { openIndexReader } from './schema.ts';
import { prepareOnce } from './statements.ts';
import { translatingErrors } from './storage-errors.ts';
import { createVectorSearch } from './vector-search.ts';

// A thread that answers queries. Two of them run, so that both legs of a question are answered at the same time.

const database = openIndexReader((workerData as { path: string }).path);
const statements = prepareOnce(database);
const reader = createPassageReader(database, statements);

serveThread(
  {
    lexical: translatingErrors(createLexicalSearch(database, statements)),
    nearest: translatingErrors(createVectorSearch(database, statements)),
    passages: translatingErrors(reader.passages),
    passagesWithoutEmbedding: translatingErrors(reader.passagesWithoutEmbedding),
    status: translatingErrors(reader.status),
  },
  () => database.close(),
);
