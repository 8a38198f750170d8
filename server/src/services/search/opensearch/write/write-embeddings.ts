import { AppError } from '../../../../errors/app-error.ts';
import type { Embedding } from '../../../../ports/search-index.ts';
import { bulk } from '../rest/bulk.ts';
import { copyIndex } from '../prepare/copy-index.ts';
import { findIndices } from '../prepare/find-indices.ts';
import { getStored } from '../read/get-stored.ts';
import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { vectorField, type VectorStorage } from '../prepare/index-body.ts';
import { modelId, passageDocumentId, vectorFieldName } from '../names.ts';
import { noteChange } from './note-change.ts';
import { readOverview } from '../read/read-overview.ts';
import { isRefusal } from '../rest/refusal.ts';
import { passagesWithoutVector } from '../read/search-passages.ts';
import type { StoredModel } from '../stored.ts';
import { whenWritable } from '../prepare/when-writable.ts';

export interface PutEmbeddings {
  model: string;
  embeddings: readonly Embedding[];
  vectors: Exclude<VectorStorage, 'none'>;
}

const notFound = 404;
const conflict = 409;

export async function putEmbeddings(access: IndexAccess, { model, embeddings, vectors }: PutEmbeddings): Promise<void> {
  const dimensions = embeddings[0]?.vector.length;
  if (dimensions === undefined) return;
  const field = vectorFieldName(model);
  const stored: StoredModel = { kind: 'model', model, field, dimensions };
  await whenWritable(access, async () => {
    const known = await findModel(access, field);
    const expected = known?.dimensions ?? dimensions;
    if (embeddings.some(({ vector }) => vector.length !== expected)) throw new AppError('dimension_mismatch');
    await noteChange(access);
    if (known === undefined) await addModel(access, stored, vectors);
    try {
      await putVectors(access, field, embeddings);
    } catch (error) {
      // The field went with a copy of the index, or was never made because a service crashed.
      if (!isRefusal(error, 'strict_dynamic_mapping_exception')) throw error;
      await addModel(access, stored, vectors);
      await putVectors(access, field, embeddings);
    }
    await noteChange(access);
  });
  await dropOthersWhenComplete(access, stored, vectors);
}

async function findModel(access: IndexAccess, field: string): Promise<StoredModel | undefined> {
  return (await getStored<StoredModel>(access, [modelId(field)])).get(modelId(field))?.source;
}

/** The first to name a model decides on its dimensions. */
async function addModel(access: IndexAccess, model: StoredModel, vectors: VectorStorage): Promise<void> {
  const create = { action: { create: { _id: modelId(model.field) } }, source: model };
  const [item] = await bulk(access, [create], { refresh: true, expected: [conflict] });
  if (item?.status === conflict && (await findModel(access, model.field))?.dimensions !== model.dimensions) {
    throw new AppError('dimension_mismatch');
  }
  await access.client.send({
    method: 'PUT',
    path: `/${access.names.write}/_mapping`,
    body: { properties: { [model.field]: vectorField(model.dimensions, vectors) } },
    timeoutMs: writeTimeoutMs,
  });
}

async function putVectors(access: IndexAccess, field: string, embeddings: readonly Embedding[]): Promise<void> {
  const operations = embeddings.map(({ passageId, vector }) => ({
    action: { update: { _id: passageDocumentId(passageId), retry_on_conflict: 3 } },
    source: { doc: { [field]: [...vector] } },
  }));
  // A passage that is gone by now needs no vector.
  await bulk(access, operations, { refresh: true, expected: [notFound] });
}

/** Until the new model has every passage, the old one may still answer. */
async function dropOthersWhenComplete(
  access: IndexAccess,
  { model, field }: StoredModel,
  vectors: VectorStorage,
): Promise<void> {
  // First: what is found out afterwards is then true of it, or it is out of force by now.
  const from = (await findIndices(access)).find(({ aliases }) => aliases.has(access.names.write));
  const without = (await readOverview(access)).models.filter((other) => other.field !== field);
  if (without.length === 0) return;
  if ((await passagesWithoutVector(access, model, 1)).length > 0) return;
  if (from !== undefined) await copyIndex(access, { from, vectors, without });
}
