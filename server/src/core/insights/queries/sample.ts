import type { TableProfile } from '../../../models/insight.ts';

/** Ranks of more rows take seconds and say nothing new. */
const mostRows = 100_000;

/** Rows at equal distances, so that the same table gives the same rows; all of them when they are not too many. */
export function sampleOf(source: string, { rows }: TableProfile, most = mostRows): string {
  const step = Math.ceil(rows / most);
  if (step <= 1) return source;
  return `(SELECT * FROM ${source} QUALIFY row_number() OVER () % ${String(step)} = 0)`;
}
