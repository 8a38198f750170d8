import { createHash } from 'node:crypto';
import type { Evidence, Fact } from '../../../models/insight.ts';
import type { QueryResult } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { canonicalJson } from './canonical-json.ts';
import { derive } from '../derivations/derivations.ts';
import { cellAt, decimalAt } from './result-cells.ts';
import { formatDecimal } from './decimal.ts';

/** Runs a query of this service and keeps what it gave. Rejects with what the session rejects with. */
export async function gatherEvidence(
  session: Pick<DataSession, 'query'>,
  { id, sql }: { id: string; sql: string },
): Promise<Evidence> {
  const result = await session.query(sql);
  return { id, sql, origin: 'builtin', result, hash: hashOf(result) };
}

/** `sha256:<hex>` of the columns and rows of a result; how long it took does not count. */
export function hashOf({ columns, rows, truncated }: QueryResult): string {
  const digest = createHash('sha256').update(canonicalJson({ columns, rows, truncated }));
  return `sha256:${digest.digest('hex')}`;
}

/** The value of a fact, got again from its evidence; undefined where the evidence has no such number. */
export function readFact({ result }: Pick<Evidence, 'result'>, { from }: Pick<Fact, 'from'>): string | undefined {
  if ('derivation' in from) return derive(result, from);
  const number = decimalAt(cellAt(result, from.pointer));
  return number === undefined ? undefined : formatDecimal(number);
}
