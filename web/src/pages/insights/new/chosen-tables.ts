import type { Dataset, InsightReport, InsightTable } from '@billumy/protocol';

/** A table that will be asked about: a file of this machine, or one that the service has already. */
export type ChosenTable = { name: string; file: File } | { name: string; datasetId: string };

/** As many as the service takes at once. */
export const mostTables = 8;

/** What the service takes a field of the form for, other than a table of that name. */
const reservedNames = ['file', 'files', 'request', 'table'];

const formats: Readonly<Record<string, InsightTable['format']>> = {
  csv: 'csv',
  tsv: 'csv',
  xlsx: 'xlsx',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  parquet: 'parquet',
};

/** What the name of a file says of how it is written; what browsers say of it depends on the machine. */
export function formatOf({ name }: File): InsightTable['format'] {
  return formats[name.split('.').at(-1)?.toLowerCase() ?? ''];
}

/** Adds files, each under a name of its own that SQL can use. */
export function withFiles(tables: readonly ChosenTable[], files: readonly File[]): ChosenTable[] {
  return files.reduce<ChosenTable[]>(
    (chosen, file) => [...chosen, { file, name: freeName(tableNameOf(file.name), chosen) }],
    [...tables],
  );
}

/** Adds a table that the service has; once is enough. */
export function withKept(tables: readonly ChosenTable[], { id, name }: Pick<Dataset, 'id' | 'name'>): ChosenTable[] {
  const isThere = tables.some((table) => 'datasetId' in table && table.datasetId === id);
  return isThere ? [...tables] : [...tables, { datasetId: id, name: freeName(name, tables) }];
}

/** What was a file is kept by the service once its report is done, and need not be sent again. */
export function keptAfter(tables: readonly ChosenTable[], { dataset }: InsightReport): ChosenTable[] {
  const idOf = new Map(dataset.tables.map((table) => [table.name, table.dataset_id]));
  return tables.map((table) => {
    const datasetId = idOf.get(table.name) ?? '';
    return datasetId === '' ? table : { name: table.name, datasetId };
  });
}

/** Letters and digits of the name of a file, joined by `_`. */
function tableNameOf(fileName: string): string {
  const words = fileName.replace(/\.[^.]*$/, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = words.join('_').slice(0, 50);
  return /^[\p{L}]/u.test(name) ? name : `t_${name}`;
}

function freeName(name: string, tables: readonly ChosenTable[]): string {
  const isTaken = (candidate: string): boolean =>
    reservedNames.includes(candidate) || tables.some((table) => table.name.toLowerCase() === candidate.toLowerCase());
  let free = name;
  for (let count = 2; isTaken(free); count += 1) free = `${name}_${count}`;
  return free;
}
