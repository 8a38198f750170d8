import type { Binary, Collection, Db } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import type { Dataset } from '../../models/table.ts';
import type { DatasetStore } from '../../ports/dataset-store.ts';
import { countContent } from '../counted-content.ts';
import { toPage } from '../cursor.ts';
import type { MongoConnection } from './connection.ts';
import { partsOf } from './content-parts.ts';
import { following, newestFirst, placeOf } from './newest-first.ts';
import { sweepTime } from './sweep-time.ts';

interface DatasetRecord extends Omit<Dataset, 'id'> {
  _id: string;
  parts: number;
  sweepAt: Date;
}

interface PartRecord {
  /** `dat_1/0` */
  _id: string;
  datasetId: string;
  number: number;
  content: Binary;
  sweepAt: Date;
}

/**
 * Data sets in a collection, their bytes in parts in another. Parts are stored before the record that makes them visible,
 * and removed after it; those that a crash leaves go when their time is over. The connection belongs to whoever opened it.
 */
export function createMongoDatasetStore(connection: MongoConnection): DatasetStore {
  const withDatasets = <T>(work: (collections: DatasetCollections) => Promise<T>): Promise<T> =>
    connection.run((database) => work(collectionsOf(database)));

  async function removeAll(ids: readonly string[]): Promise<void> {
    await withDatasets(async ({ datasets, parts }) => {
      await datasets.deleteMany({ _id: { $in: [...ids] } });
      await parts.deleteMany({ datasetId: { $in: [...ids] } });
    });
  }

  /** Removes what is stored of a data set whose bytes did not all come. */
  async function addParts(id: string, content: AsyncIterable<Uint8Array>, sweepAt: Date): Promise<number> {
    let number = 0;
    try {
      for await (const piece of partsOf(content)) {
        const record = { _id: `${id}/${number}`, datasetId: id, number, content: piece, sweepAt };
        await withDatasets(({ parts }) => parts.insertOne(record));
        number += 1;
      }
      return number;
    } catch (error) {
      await removeAll([id]);
      throw error;
    }
  }

  return {
    async add({ id, ...dataset }, content) {
      const sweepAt = sweepTime(dataset.expiresAt.getTime());
      const counted = countContent(content);
      const parts = await addParts(id, counted.pieces, sweepAt);
      const added = { ...dataset, ...counted.measured() };
      await withDatasets(({ datasets }) => datasets.insertOne({ ...added, _id: id, parts, sweepAt }));
      return { id, ...added };
    },
    async find(id, now) {
      const record = await withDatasets(({ datasets }) => datasets.findOne({ _id: id, expiresAt: { $gt: now } }));
      return record === null ? undefined : toDataset(record);
    },
    async *read(id) {
      const record = await withDatasets(({ datasets }) => datasets.findOne({ _id: id }));
      if (record === null) throw new AppError('not_found');
      for (let number = 0; number < record.parts; number += 1) {
        const part = await withDatasets(({ parts }) => parts.findOne({ _id: `${id}/${number}` }));
        // Removed at this moment.
        if (part === null) throw new AppError('not_found');
        yield part.content.value();
      }
    },
    async list(ownerId, { now, ...page }) {
      const after = following<DatasetRecord>('createdAt', page);
      const records = await withDatasets(({ datasets }) =>
        datasets.find({ ...after, ownerId, expiresAt: { $gt: now } }, newestFirst('createdAt', page)).toArray(),
      );
      return toPage(records, page.limit, { item: toDataset, cursor: (record) => placeOf(record, record.createdAt) });
    },
    remove: (id) => removeAll([id]),
    async removeExpired(now) {
      const ids = await withDatasets(({ datasets }) => datasets.distinct('_id', { expiresAt: { $lte: now } }));
      await removeAll(ids);
    },
  };
}

interface DatasetCollections {
  datasets: Collection<DatasetRecord>;
  parts: Collection<PartRecord>;
}

function collectionsOf(database: Db): DatasetCollections {
  return { datasets: database.collection('datasets'), parts: database.collection('dataset_parts') };
}

function toDataset({ _id, ...record }: DatasetRecord): Dataset {
  const { ownerId, name, format, csv, bytes, digest, createdAt, expiresAt } = record;
  return { id: _id, ownerId, name, format, csv, bytes, digest, createdAt, expiresAt };
}
