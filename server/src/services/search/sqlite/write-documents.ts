import type SqliteDatabase from 'libsql';
import type { IndexedDocument } from '../../../ports/search-index.ts';
import { accessTokens } from './access.ts';
import { inTransaction, type Statements } from './statements.ts';
import { groupDocuments } from '../../../models/group-documents.ts';

export interface DocumentWriter {
  replaceDocuments(documents: readonly IndexedDocument[]): void;
  deleteDocument(documentId: string): void;
}

/** Small enough that readers and other writers hardly wait, large enough that the cost of a commit is shared. */
const passagesPerTransaction = 2_000;
/** Readers that are further behind load all vectors anew. */
const rememberedRemovals = 100_000;

export function createDocumentWriter(database: SqliteDatabase.Database, statements: Statements): DocumentWriter {
  const { run, rows } = statements;

  const replaceAll = (documents: readonly IndexedDocument[]): void => {
    let [nextPassage] = rows<[number]>('select next_passage from index_state')[0]!;
    for (const document of documents) {
      const present = rows<[number, number]>(
        'select id, revision from documents where document_id = ?',
        document.documentId,
      )[0];
      if (present !== undefined) {
        const [id, revision] = present;
        if (revision > document.revision) continue;
        removeDocument(id, statements);
      }
      insertDocument({ document, firstPassage: nextPassage }, statements);
      nextPassage += document.passages.length;
    }
    run('update index_state set generation = generation + 1, next_passage = ?', nextPassage);
  };

  return {
    replaceDocuments(documents) {
      for (const group of groupDocuments(documents, passagesPerTransaction))
        inTransaction(database, () => replaceAll(group));
    },
    deleteDocument(documentId) {
      inTransaction(database, () => {
        const present = rows<[number]>('select id from documents where document_id = ?', documentId)[0];
        if (present === undefined) return;
        removeDocument(present[0], statements);
        run('update index_state set generation = generation + 1');
      });
    },
  };
}

function insertDocument(
  { document, firstPassage }: { document: IndexedDocument; firstPassage: number },
  { run, rows }: Statements,
): void {
  const readers = [...new Set(document.readers)].toSorted();
  const access = { collection: document.collection, readers };
  const accessId = accessRow(access, { run, rows });
  const [documentRow] = rows<[number]>(
    'insert into documents (document_id, revision, access) values (?, ?, ?) returning id',
    document.documentId,
    document.revision,
    accessId,
  )[0]!;
  const tokens = accessTokens(accessId, access);
  for (const [index, { passage, terms }] of document.passages.entries()) {
    const id = firstPassage + index;
    run(
      'insert into passages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      documentRow,
      passage.ordinal,
      passage.start,
      passage.end,
      passage.page,
      JSON.stringify(passage.pageBreaks),
      passage.language,
      passage.title,
      JSON.stringify(passage.section),
      passage.text,
    );
    run('insert into terms (rowid, words, stems, access) values (?, ?, ?, ?)', id, terms.words, terms.stems, tokens);
  }
  run('update index_state set passages = passages + ?', document.passages.length);
}

function accessRow(
  { collection, readers }: { collection: string; readers: readonly string[] },
  { run, rows }: Pick<Statements, 'run' | 'rows'>,
): number {
  const list = JSON.stringify(readers);
  run('insert or ignore into access (collection, readers) values (?, ?)', collection, list);
  return rows<[number]>('select id from access where collection = ? and readers = ?', collection, list)[0]![0];
}

function removeDocument(document: number, { run, rows }: Statements): void {
  const passages = '(select id from passages where document = ?)';
  const [count] = rows<[number]>('select count(*) from passages where document = ?', document)[0]!;
  run(`delete from terms where rowid in ${passages}`, document);
  removeVectors(`passage in ${passages}`, document, { run, rows });
  run('delete from passages where document = ?', document);
  run('delete from documents where id = ?', document);
  run('update index_state set passages = passages - ?', count);
}

/** Removes the vectors under a condition on the table `vectors` with one parameter, and tells readers which went. */
export function removeVectors(
  condition: string,
  parameter: number,
  { run, rows }: Pick<Statements, 'run' | 'rows'>,
): void {
  const chosen = `select seq from vectors where ${condition}`;
  if (rows<[number]>(`${chosen} limit 1`, parameter)[0] === undefined) return;
  run(
    `update models set passages = passages - (select count(*) from vectors where ${condition} and model = models.id)`,
    parameter,
  );
  run(`insert into removed_vectors (seq) ${chosen}`, parameter);
  run(`delete from vector_values where seq in (${chosen})`, parameter);
  run(`delete from vectors where ${condition}`, parameter);
  const [removals] = rows<[number]>('select max(id) - min(id) from removed_vectors')[0]!;
  if (removals <= rememberedRemovals) return;
  run('delete from removed_vectors');
  run('update index_state set vector_epoch = vector_epoch + 1');
}
