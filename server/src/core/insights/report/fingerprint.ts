import { createHash } from 'node:crypto';
import type { Dataset } from '../../../models/table.ts';
import { canonicalJson } from '../../archive/canonical-json.ts';
import type { KeptRequest } from '../insight-request.ts';

/** Sessions compute in it, wherever the service runs. */
const zoneOfTime = 'UTC';

/**
 * Of all that decides what the numbers are: the bytes, how they are read, what was said about columns and periods, and
 * what computes. The same fingerprint has the same facts.
 */
export function fingerprintOf(
  { tables, period }: Pick<KeptRequest, 'tables' | 'period'>,
  datasets: readonly Dataset[],
  engine: { duckdb: string; detectors: string },
): string {
  const read = tables.map(({ name, columns }, index) => {
    const { digest, format, csv } = datasets[index] ?? {};
    return { name, columns, digest, format, csv };
  });
  const text = canonicalJson({ read, period, zoneOfTime, engine });
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
