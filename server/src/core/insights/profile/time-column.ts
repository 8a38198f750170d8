import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ColumnProfile } from '../../../models/insight.ts';
import type { ColumnHint } from '../../../models/table.ts';
import { hasWord, wordSet, wordsOfName } from './column-words.ts';
import { kindOfType } from './type-kind.ts';

// Days that something is expected, changed or ends on: what happened is rather told by another column.
const secondary = wordSet(`vencimento due entrega delivery prevista previsto previsao expected atualizacao atualizado
  updated update modified fim end final validade expiry expiration encerramento closed cancelamento pagamento`);

/** The column that time is measured along; null: none. Rejects with `invalid_request` when the one that is asked for has no days. */
export function chooseTimeColumn(
  columns: readonly ColumnProfile[],
  { asked, hints }: { asked: string | undefined; hints: readonly ColumnHint[] },
): string | null {
  const dated = columns.filter(({ type }) => kindOfType(type) === 'date');
  if (asked !== undefined) {
    const found = dated.find(({ name }) => name === asked);
    if (found !== undefined) return found.name;
    throw new AppError('invalid_request', {
      detail: told`The column of the period is not in the table, or has no dates.`,
    });
  }
  const usable = dated.filter(({ role, distinct, pii }) => role === 'time' && distinct > 0 && !pii);
  const hinted = usable.find(({ name }) => hints.some((hint) => hint.name === name && hint.role === 'time'));
  if (hinted !== undefined) return hinted.name;
  // Of equals the first one stays first.
  const ranked = usable.toSorted((one, other) => isSecondary(one) - isSecondary(other) || one.nulls - other.nulls);
  return ranked[0]?.name ?? null;
}

function isSecondary({ name, distinct }: ColumnProfile): number {
  return (hasWord(wordsOfName(name), secondary) ? 1 : 0) + (distinct === 1 ? 2 : 0);
}
