import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { newId } from '../../../models/new-id.ts';
import type { Page, PageRequest } from '../../../models/page.ts';
import type { Principal } from '../../../models/principal.ts';
import type { CsvForm, Dataset, TableFormat } from '../../../models/table.ts';
import type { DatasetStore } from '../../../ports/dataset-store.ts';
import { findFormat } from './find-format.ts';

/** Tables that were added once and can be asked about until they expire. Somebody else's are `not_found`. */
export interface Datasets {
  /** Rejects with what the content fails with, and with `disk_full`: then nothing of it is kept. */
  add(principal: Principal, table: GivenTable): Promise<Dataset>;
  get(principal: Principal, id: string): Promise<Dataset>;
  list(principal: Principal, page: PageRequest): Promise<Page<Dataset>>;
  remove(principal: Principal, id: string): Promise<void>;
}

/** A table as it comes. */
export interface GivenTable {
  /** For SQL. */
  name: string;
  /** null: what its beginning looks like. */
  format: TableFormat | null;
  csv: CsvForm;
  content: AsyncIterable<Uint8Array>;
}

export interface DatasetPorts {
  datasets: DatasetStore;
  now: () => Date;
  keptDays: number;
}

const dayMs = 24 * 60 * 60 * 1000;

export function createDatasets({ datasets: store, now, keptDays }: DatasetPorts): Datasets {
  const get = async (principal: Principal, id: string): Promise<Dataset> => {
    const dataset = await store.find(id, now());
    if (dataset?.ownerId === principal.userId) return dataset;
    throw new AppError('not_found', {
      detail: told`There is no such data set, or its time is over: send the table again.`,
    });
  };

  return {
    async add({ userId }, { name, format: given, csv, content: bytes }) {
      const { format, content } = await findFormat(bytes, given);
      const createdAt = now();
      const expiresAt = expiryOf(createdAt, keptDays);
      return store.add({ id: newId('dat'), ownerId: userId, name, format, csv, createdAt, expiresAt }, content);
    },
    get,
    list: ({ userId }, page) => store.list(userId, { ...page, now: now() }),
    async remove(principal, id) {
      await get(principal, id);
      await store.remove(id);
    },
  };
}

/** Tables and what was found in them go together. */
export function expiryOf(createdAt: Date, keptDays: number): Date {
  return new Date(createdAt.getTime() + keptDays * dayMs);
}
