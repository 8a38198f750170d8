import { randomBytes } from 'node:crypto';
import { writeTimeoutMs, type IndexAccess } from '../index-access.ts';
import { stateId } from '../names.ts';
import type { StoredState } from '../stored.ts';

const unusedBits = 11n;

/**
 * A revision for the index: any of 2^53 numbers. A counter would begin again when the index is made anew or restored, and
 * then answers that were remembered under its numbers would come back.
 */
export function freshState(): StoredState {
  return { kind: 'state', revision: Number(randomBytes(8).readBigUInt64BE() >> unusedBits) };
}

/**
 * Gives the index another revision. Called before and after each change, so that what somebody found meanwhile is not
 * taken for what is there afterwards.
 */
export async function noteChange({ client, names }: IndexAccess, index = names.write): Promise<void> {
  await client.send({
    method: 'PUT',
    path: `/${index}/_doc/${stateId}`,
    query: { require_alias: index === names.write },
    body: freshState(),
    timeoutMs: writeTimeoutMs,
  });
}
