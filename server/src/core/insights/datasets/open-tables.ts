import type { Principal } from '../../../models/principal.ts';
import type { Dataset } from '../../../models/table.ts';
import type { DataEngine, DataSession, SessionOptions } from '../../../ports/data-engine.ts';
import type { DatasetStore } from '../../../ports/dataset-store.ts';
import type { Datasets } from './datasets.ts';

export interface TablePorts {
  kept: Datasets;
  datasets: Pick<DatasetStore, 'read'>;
  dataEngine: DataEngine;
}

/** A table by the name it has in SQL. */
export interface NamedDataset {
  name: string;
  datasetId: string;
}

export interface OpenTables {
  session: DataSession;
  /** In the order of the tables. */
  datasets: readonly Dataset[];
}

/** Opens kept tables for questions. Rejects with `not_found` for one that is gone, and as `DataEngine.open` does. */
export async function openTables(
  { kept, datasets: store, dataEngine }: TablePorts,
  tables: readonly NamedDataset[],
  options: SessionOptions & { principal: Principal },
): Promise<OpenTables> {
  const datasets = await Promise.all(tables.map(({ datasetId }) => kept.get(options.principal, datasetId)));
  const sources = datasets.map(({ id, format, csv, digest }, index) => ({
    name: tables[index]?.name ?? '',
    format,
    csv,
    digest,
    content: () => store.read(id),
  }));
  return { session: await dataEngine.open(sources, options), datasets };
}
