import type { Collection, Db } from 'mongodb';
import type { TrainingVersion, VersionInForce } from '../../models/training-version.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import { toPage } from '../cursor.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './errors.ts';
import { following, newestFirst, placeOf } from './newest-first.ts';

export interface TrainingVersionRecord extends Omit<TrainingVersion, 'id'> {
  _id: string;
}

export interface VersionInForceRecord extends Omit<VersionInForce, 'base'> {
  /** The base. */
  _id: string;
}

/** Versions in a collection, and which is in force in another. The connection belongs to whoever opened it. */
export function createMongoTrainingVersionStore(connection: MongoConnection): TrainingVersionStore {
  const withVersions = <T>(work: (versions: Collection<TrainingVersionRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(database.collection('training_versions')));
  const withInForce = <T>(work: (inForce: Collection<VersionInForceRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(inForceIn(database)));

  return {
    async add(version) {
      await withVersions((versions) => versions.insertOne(toTrainingVersionRecord(version)));
    },
    async find(id) {
      const record = await withVersions((versions) => versions.findOne({ _id: id }));
      return record === null ? undefined : toTrainingVersion(record);
    },
    async list(page) {
      const after = following<TrainingVersionRecord>('createdAt', page);
      const records = await withVersions((versions) => versions.find(after, newestFirst('createdAt', page)).toArray());
      return toPage(records, page.limit, {
        item: toTrainingVersion,
        cursor: (record) => placeOf(record, record.createdAt),
      });
    },
    async override(id, override) {
      const untouched = { _id: id, override: null };
      return (await withVersions((versions) => versions.updateOne(untouched, { $set: { override } }))).matchedCount > 0;
    },
    async delete(id) {
      return (await withVersions((versions) => versions.deleteOne({ _id: id }))).deletedCount > 0;
    },
    async inForce(base) {
      const record = await withInForce((inForce) => inForce.findOne({ _id: base }));
      return record === null ? undefined : toVersionInForce(record);
    },
    async listInForce() {
      return (await withInForce((inForce) => inForce.find().sort({ _id: 1 }).toArray())).map(toVersionInForce);
    },
    async replaceInForce(next) {
      const { _id, ...fields } = toVersionInForceRecord(next);
      if (next.revision === 1) return withInForce((inForce) => insert(inForce, { _id, ...fields }));
      const before = { _id, revision: next.revision - 1 };
      return (await withInForce((inForce) => inForce.replaceOne(before, fields))).matchedCount > 0;
    },
  };
}

function inForceIn(database: Db): Collection<VersionInForceRecord> {
  return database.collection('versions_in_force');
}

/** Whether it was not there. */
async function insert(inForce: Collection<VersionInForceRecord>, record: VersionInForceRecord): Promise<boolean> {
  try {
    await inForce.insertOne(record);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export function toTrainingVersion({ _id, ...record }: TrainingVersionRecord): TrainingVersion {
  const { base, baseSha256, adapter, bytes, jobId, ownerId, data, gate, override, createdAt } = record;
  return { id: _id, base, baseSha256, adapter, bytes, jobId, ownerId, data, gate, override, createdAt };
}

export function toTrainingVersionRecord({ id, ...version }: TrainingVersion): TrainingVersionRecord {
  return { ...version, _id: id };
}

export function toVersionInForce({ _id, ...record }: VersionInForceRecord): VersionInForce {
  const { versionId, earlier, revision, changedAt, changedBy } = record;
  return { base: _id, versionId, earlier, revision, changedAt, changedBy };
}

export function toVersionInForceRecord({ base, ...inForce }: VersionInForce): VersionInForceRecord {
  return { ...inForce, _id: base };
}
