import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { isRefusal } from '../rest/refusal.ts';

/** Removes an OpenSearch index; one that another service removes at the same moment is no failure. */
export async function removeIndex({ client }: IndexAccess, name: string): Promise<void> {
  try {
    await client.send({ method: 'DELETE', path: `/${name}`, timeoutMs: writeTimeoutMs });
  } catch (error) {
    if (!isRefusal(error, 'index_not_found_exception')) throw error;
  }
}
