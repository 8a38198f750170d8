import type { QueryResult } from '../../../models/table.ts';
import { formatDecimal } from '../evidence/decimal.ts';
import { changeDerivations } from './change.ts';
import { cellDerivations } from './cells.ts';
import { correlationDerivations } from './correlation.ts';
import type { Derivation } from './derivation.ts';
import { memberDerivations } from './members.ts';
import { mixDerivations } from './mix.ts';
import { seriesDerivations } from './series.ts';

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
