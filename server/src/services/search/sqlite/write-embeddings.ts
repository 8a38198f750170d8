import type SqliteDatabase from 'libsql';
import { AppError } from '../../../errors/app-error.ts';
import type { Embedding } from '../../../ports/search-index.ts';
import { parsePassageId } from '../../../models/passage-id.ts';
import { quantize } from './quantize.ts';
import { inTransaction, type Statements } from './statements.ts';
import { removeVectors } from './write-documents.ts';

export interface PutEmbeddings {
  model: string;
  embeddings: readonly Embedding[];
}

export function createEmbeddingWriter(
  database: SqliteDatabase.Database,
  statements: Statements,
): (request: PutEmbeddings) => void {
  const { run } = statements;
  return ({ model, embeddings }) => {
    if (embeddings.length === 0) return;
    inTransaction(database, () => {
      const modelRow = findModel(model, embeddings[0]!.vector.length, statements);
      for (const embedding of embeddings) putOne(modelRow, embedding, statements);
      dropOthersWhenComplete(modelRow.id, statements);
      run('update index_state set generation = generation + 1');
    });
  };
}

interface ModelRow {
  id: number;
  dimensions: number;
}

function findModel(name: string, dimensions: number, { run, rows }: Statements): ModelRow {
  run('insert or ignore into models (name, dimensions, passages) values (?, ?, 0)', name, dimensions);
  const [id, known] = rows<[number, number]>('select id, dimensions from models where name = ?', name)[0]!;
  return { id, dimensions: known };
}

function putOne(model: ModelRow, { passageId, vector }: Embedding, { run, rows }: Statements): void {
  if (vector.length !== model.dimensions) throw new AppError('dimension_mismatch');
  const { documentId, revision, ordinal } = parsePassageId(passageId);
  const found = rows<[number, number]>(
    `select p.id, d.access from documents d join passages p on p.document = d.id
     where d.document_id = ? and d.revision = ? and p.ordinal = ?`,
    documentId,
    revision,
    ordinal,
  )[0];
  if (found === undefined) return;
  const [passage, access] = found;
  const known = rows<[number]>('select seq from vectors where passage = ? and model = ?', passage, model.id)[0];
  if (known !== undefined) removeVectors('seq = ?', known[0], { run, rows });
  const { lanes, scale } = quantize(vector);
  const [seq] = rows<[number]>(
    'insert into vectors (model, passage, access, scale, lanes) values (?, ?, ?, ?, ?) returning seq',
    model.id,
    passage,
    access,
    scale,
    Buffer.from(lanes.buffer, lanes.byteOffset, lanes.byteLength),
  )[0]!;
  run('update models set passages = passages + 1 where id = ?', model.id);
  run('insert into vector_values values (?, ?)', seq, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
}

/** Until the new model has every passage, the old one may still answer. */
function dropOthersWhenComplete(model: number, { run, rows }: Statements): void {
  const [complete] = rows<[number]>(
    'select m.passages >= s.passages from models m, index_state s where m.id = ?',
    model,
  )[0]!;
  if (complete === 0) return;
  for (const [other] of rows<[number]>('select id from models where id <> ?', model)) {
    removeVectors('model = ?', other, { run, rows });
    run('delete from models where id = ?', other);
  }
}
