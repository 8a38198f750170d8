import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { Principal } from '../../../models/principal.ts';
import type { GivenTables, KeptTable, RequestedTable } from '../insight-request.ts';
import type { Datasets } from './datasets.ts';

const usualName = 'dados';
const mostTables = 8;

/**
 * Keeps the tables of a request that are not kept yet. Rejects with `not_found` for somebody else's data set and with
 * `invalid_request` for two tables of one name; what it had added by then is removed.
 */
export async function keepTables(
  datasets: Datasets,
  principal: Principal,
  tables: GivenTables,
): Promise<readonly KeptTable[]> {
  const kept: KeptTable[] = [];
  try {
    for await (const table of tables) {
      if (kept.length === mostTables) throw invalid(told`A request may have ${mostTables} tables.`);
      const { id, name } = await keep(datasets, principal, { table, others: kept });
      const isTaken = has(kept, name);
      kept.push({ name, datasetId: id, isNew: !('datasetId' in table.source), columns: table.columns });
      if (isTaken) throw invalid(told`Two tables are named "${name}": give each a name of its own.`);
    }
    if (kept.length === 0) throw invalid(told`Send at least one table.`);
    return kept;
  } catch (error) {
    await forgetTables(datasets, principal, kept);
    throw error;
  }
}

/** Lets go of the tables that came with a request of which nothing came. */
export async function forgetTables(
  datasets: Datasets,
  principal: Principal,
  tables: readonly KeptTable[],
): Promise<void> {
  const came = tables.filter(({ isNew }) => isNew);
  await Promise.all(came.map(({ datasetId }) => datasets.remove(principal, datasetId)));
}

async function keep(
  datasets: Datasets,
  principal: Principal,
  { table: { name, source }, others }: { table: RequestedTable; others: readonly KeptTable[] },
): Promise<{ id: string; name: string }> {
  if ('datasetId' in source) {
    const dataset = await datasets.get(principal, source.datasetId);
    return { id: dataset.id, name: name ?? dataset.name };
  }
  const given = name ?? (others.length === 0 ? usualName : `${usualName}_${others.length + 1}`);
  const { id } = await datasets.add(principal, { ...source, name: given });
  return { id, name: given };
}

/** SQL does not tell capitals from small letters. */
function has(kept: readonly KeptTable[], name: string): boolean {
  return kept.some((other) => other.name.toLowerCase() === name.toLowerCase());
}

function invalid(detail: Told): AppError {
  return new AppError('invalid_request', { detail });
}
