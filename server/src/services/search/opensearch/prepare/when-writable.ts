import { setTimeout as pause } from 'node:timers/promises';
import { awaitCopy } from './await-copy.ts';
import { backOffMs } from '../rest/back-off.ts';
import { findIndices } from './find-indices.ts';
import type { IndexAccess } from '../index-access.ts';
import { isWriteBlocked } from '../rest/refusal.ts';

/** How long a writer waits for the index to be copied. */
const patienceMs = 120_000;
const fewAttempts = 5;

/**
 * Does a piece of writing that bears repetition, again as long as another service copies the index. A block that nobody's
 * copy accounts for is passed on after a few attempts.
 */
export async function whenWritable(access: IndexAccess, write: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isWriteBlocked(error) || performance.now() > deadline) throw error;
      const indices = await findIndices(access);
      const from = indices.find(({ aliases }) => aliases.has(access.names.write));
      const copy = indices.find(({ isCopy }) => isCopy);
      if (from !== undefined && copy !== undefined) await awaitCopy(access, { from: from.name, copy: copy.name });
      else if (attempt >= fewAttempts) throw error;
      await pause(backOffMs(attempt));
    }
  }
}
