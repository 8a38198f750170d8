import { z } from 'zod';
import { ProblemError, type Connection } from './connection.ts';
import { collectionPageSchema, type CollectionPage } from './documents.ts';
import { readinessSchema, type Readiness } from './health.ts';
import { queueReplySchema, type QueueReply } from './queue.ts';

/** How the service is, part by part, also while it cannot work. */
export async function getReadiness(connection: Connection, signal?: AbortSignal): Promise<Readiness> {
  try {
    return readinessSchema.parse(await connection.json('/health/ready', { signal }));
  } catch (error) {
    const told = error instanceof ProblemError ? readinessSchema.safeParse(error.body) : undefined;
    if (told?.success === true) return told.data;
    throw error;
  }
}

/** Who waits for which model. */
export async function getQueue(connection: Connection, signal?: AbortSignal): Promise<QueueReply> {
  return queueReplySchema.parse(await connection.json('/queue', { signal }));
}

/** The collections that the token may see, by name. */
export async function listCollections(connection: Connection, after?: string): Promise<CollectionPage> {
  const query = new URLSearchParams({ limit: '100', ...(after === undefined ? {} : { after }) });
  return collectionPageSchema.parse(await connection.json(`/collections?${query.toString()}`));
}

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
