import type { Names } from './names.ts';
import type { RestClient } from './rest/rest-client.ts';

/** One index of one cluster. */
export interface IndexAccess {
  client: Pick<RestClient, 'send'>;
  names: Names;
  /** A copy of the index that does not grow for so long was left behind by a service that crashed. */
  haltedCopyMs: number;
}

/** Of writing, which may wait for the disks of several nodes. */
export const writeTimeoutMs = 60_000;
