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
