import { z } from 'zod';
import type { Connection } from './connection.ts';

const namedModelsSchema = z.object({ data: z.array(z.object({ id: z.string(), owned_by: z.string() })) });

/** What may be named as `model` of a question. */
export interface NamedModel {
  name: string;
  isPersona: boolean;
}

/** The personas and models that the token may name; personas first. */
export async function listNamedModels(connection: Connection, signal?: AbortSignal): Promise<NamedModel[]> {
  const { data } = namedModelsSchema.parse(await connection.json('/v1/models', { signal }));
  return data.map(({ id, owned_by: owner }) => ({ name: id, isPersona: owner === 'billumy' }));
}
