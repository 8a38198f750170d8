import type { QueryResult } from '../../models/table.ts';
import { formatDecimal } from './decimal.ts';
import { changeDerivations } from './derivations/change.ts';
import { cellDerivations } from './derivations/cells.ts';
import { correlationDerivations } from './derivations/correlation.ts';
import type { Derivation } from './derivations/derivation.ts';
import { memberDerivations } from './derivations/members.ts';
import { mixDerivations } from './derivations/mix.ts';
import { seriesDerivations } from './derivations/series.ts';

const derivations: ReadonlyMap<string, Derivation> = new Map(
  Object.entries({
    ...cellDerivations,
    ...changeDerivations,
    ...correlationDerivations,
    ...memberDerivations,
    ...mixDerivations,
    ...seriesDerivations,
  }),
);

/** What a derivation gives, as a decimal; undefined for a name that nobody knows and for a result that it is not made for. */
export function derive(
  result: QueryResult,
  from: { derivation: string; arguments: readonly string[] },
): string | undefined {
  const value = derivations.get(from.derivation)?.(result, from.arguments);
  return value === undefined ? undefined : formatDecimal(value);
}
