import type SqliteDatabase from 'libsql';
import { AppError } from '../../../errors/app-error.ts';
import type { Hit, NearestQuery } from '../../../ports/search-index.ts';
import { createFindPermitted } from './access.ts';
import { createNamePassages, type NamePassages } from './passage-names.ts';
import { createResidentVectors, type ResidentVectors, type VectorKey } from './resident-vectors.ts';
import { createScanKernel } from './scan-kernel.ts';
import { inSnapshot, type Statements } from './statements.ts';

/** Candidates by int8 that are scored again with the exact vectors. */
const rescored = 50;

interface LoadedModel {
  id: number;
  vectors: ResidentVectors;
  lastSeq: number;
  lastRemoval: number;
  epoch: number;
  generation: number;
}

/**
 * Exact nearest neighbours of the permitted passages. The int8 vectors of the model asked for last stay in memory and
 * follow the file: whatever this or another process committed before the query is seen by it.
 */
export function createVectorSearch(
  database: SqliteDatabase.Database,
  statements: Statements,
): (query: NearestQuery) => Hit[] {
  const findPermitted = createFindPermitted(statements);
  const namePassages = createNamePassages(statements);
  let loaded: LoadedModel | null = null;

  const follow = (name: string): LoadedModel | null => {
    const model = statements.rows<[number, number]>('select id, dimensions from models where name = ?', name)[0];
    if (model === undefined) return null;
    const [id, dimensions] = model;
    const [generation, epoch] = statements.rows<[number, number]>(
      'select generation, vector_epoch from index_state',
    )[0]!;
    if (loaded === null || loaded.id !== id || loaded.epoch !== epoch || loaded.vectors.wasteful) {
      loaded = emptyModel({ id, dimensions, epoch });
    }
    if (loaded.generation !== generation) loadChanges(loaded, statements);
    loaded.generation = generation;
    return loaded;
  };

  return (query) =>
    inSnapshot(database, () => {
      const model = follow(query.model);
      if (model === null) return [];
      if (query.vector.length !== model.vectors.dimensions) throw new AppError('dimension_mismatch');
      const candidates = model.vectors.nearest({
        vector: query.vector,
        permitted: findPermitted(query.filter).ids,
        limit: Math.max(rescored, query.limit),
      });
      return rescore(candidates, { query, statements, namePassages });
    });
}

function emptyModel({ id, dimensions, epoch }: { id: number; dimensions: number; epoch: number }): LoadedModel {
  const vectors = createResidentVectors(createScanKernel(), dimensions);
  return { id, vectors, lastSeq: 0, lastRemoval: 0, epoch, generation: -1 };
}

function loadChanges(model: LoadedModel, { rows }: Statements): void {
  for (;;) {
    const page = rows<[number, number, number, number, Buffer]>(
      'select seq, passage, access, scale, lanes from vectors where seq > ? and model = ? order by seq limit 10000',
      model.lastSeq,
      model.id,
    );
    for (const [seq, passage, access, scale, lanes] of page) {
      model.vectors.append({ seq, passage, access, scale, lanes });
      model.lastSeq = seq;
    }
    if (page.length === 0) break;
  }
  for (const [id, seq] of rows<[number, number]>(
    'select id, seq from removed_vectors where id > ?',
    model.lastRemoval,
  )) {
    model.vectors.remove(seq);
    model.lastRemoval = id;
  }
}

// A cross join keeps the order of the candidates.
const exactVectors = `
select x.vector from json_each(?) candidate cross join vector_values x on x.seq = candidate.value`;

interface RescoreOptions {
  query: NearestQuery;
  statements: Statements;
  namePassages: NamePassages;
}

function rescore(candidates: readonly VectorKey[], { query, statements, namePassages }: RescoreOptions): Hit[] {
  const names = namePassages(candidates.map(({ passage }) => passage));
  // A blob need not lie at a multiple of four. Each is copied to the same place: fifty new ones would soon be garbage.
  const vector = new Float32Array(query.vector.length);
  const bytesOfVector = new Uint8Array(vector.buffer);
  const hits = statements
    .rows<[Buffer]>(exactVectors, JSON.stringify(candidates.map(({ seq }) => seq)))
    .map(([bytes], index): Hit => {
      bytesOfVector.set(bytes);
      return { passageId: names[index]!, score: dot(query.vector, vector) };
    });
  return hits.toSorted((a, b) => b.score - a.score).slice(0, query.limit);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
