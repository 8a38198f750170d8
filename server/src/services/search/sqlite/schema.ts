import { rmSync } from 'node:fs';
import SqliteDatabase from 'libsql';

/** Raised with every change of the tables: an older file is thrown away and filled anew. */
const schemaVersion = 2;

const schema = `
create table index_state (
  id integer primary key check (id = 1),
  generation integer not null,
  passages integer not null,
  next_passage integer not null,
  -- Raised when the log of removed vectors was cut: then a reader loads all vectors anew.
  vector_epoch integer not null
);
-- Begins with the time in microseconds: generations of a file that was lost never come back, for answers are kept under them.
insert into index_state values (1, cast(unixepoch('subsec') * 1000000 as integer), 0, 1, 0);
-- Each combination of collection and readers that documents have.
create table access (
  id integer primary key,
  collection text not null,
  readers text not null,
  unique (collection, readers)
);
create table documents (
  id integer primary key,
  document_id text not null unique,
  revision integer not null,
  access integer not null references access
);
-- The narrow columns come first: reading them does not touch the pages of a long text.
create table passages (
  id integer primary key,
  document integer not null references documents,
  ordinal integer not null,
  start integer not null,
  "end" integer not null,
  page integer,
  page_breaks text not null,
  language text not null,
  title text not null,
  section text not null,
  text text not null
);
create unique index passages_of_document on passages (document, ordinal);
-- Without detail=full, bm25() of a contentless table is silently wrong.
create virtual table terms using fts5 (
  words, stems, access, content='', contentless_delete=1, detail=full, tokenize='ascii'
);
-- Merging as much as FTS5 usually does while documents come takes a seventh of the time to write them; pauses do it anyway.
insert into terms (terms, rank) values ('automerge', 16);
create virtual table term_counts using fts5vocab (terms, col);
-- Numbers are not used again: readers remember what they know of a model by its number.
create table models (
  id integer primary key autoincrement,
  name text not null unique,
  dimensions integer not null,
  passages integer not null
);
-- seq only grows: a reader asks for what is new.
create table vectors (
  seq integer primary key autoincrement,
  model integer not null references models,
  passage integer not null references passages,
  access integer not null references access,
  scale real not null,
  lanes blob not null
);
create unique index vectors_of_passage on vectors (passage, model);
create table vector_values (seq integer primary key, vector blob not null);
create table removed_vectors (id integer primary key autoincrement, seq integer not null);
`;

/** Opens the index file; one that is broken or of another version is replaced by an empty one. */
export function openIndexWriter(path: string): SqliteDatabase.Database {
  try {
    return prepare(path);
  } catch (error) {
    if (!isUnusable(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    return prepare(path);
  }
}

export function openIndexReader(path: string): SqliteDatabase.Database {
  const database = connect(path);
  database.pragma('query_only = ON');
  return database;
}

class OtherVersion extends Error {}

function prepare(path: string): SqliteDatabase.Database {
  const database = connect(path);
  try {
    database.exec('begin immediate');
    const [version] = database.prepare('pragma user_version').raw(true).get() as [number];
    if (version !== 0 && version !== schemaVersion) throw new OtherVersion();
    if (version === 0) database.exec(`${schema}; pragma user_version = ${schemaVersion}`);
    database.exec('commit');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function connect(path: string): SqliteDatabase.Database {
  const database = new SqliteDatabase(path);
  // Before journal_mode: the second connection would otherwise fail at once with SQLITE_BUSY.
  database.pragma('busy_timeout = 10000');
  database.pragma('journal_mode = WAL');
  // A document is reported as ready once it is here: that must survive a power cut as well.
  database.pragma('synchronous = FULL');
  database.pragma('cache_size = -32768');
  // 32 MB: ingestion rewrites the same pages again and again, and copies each into the file once per checkpoint.
  database.pragma('wal_autocheckpoint = 8000');
  return database;
}

function isUnusable(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return error instanceof OtherVersion || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}
