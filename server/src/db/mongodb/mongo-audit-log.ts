import type { Collection, Filter } from 'mongodb';
import type { AuditEntry } from '../../models/audit-entry.ts';
import type { AuditFilter, AuditLog } from '../../ports/audit-log.ts';
import { toPage } from '../cursor.ts';
import type { MongoConnection } from './connection.ts';
import { following, newestFirst, placeOf } from './newest-first.ts';

export interface AuditRecord extends Omit<AuditEntry, 'id'> {
  _id: string;
}

/** Entries in a collection. The connection belongs to whoever opened it. */
export function createMongoAuditLog(connection: MongoConnection): AuditLog {
  const withEntries = <T>(work: (entries: Collection<AuditRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(database.collection('audit')));

  return {
    async append(entry) {
      await withEntries((entries) => entries.insertOne(toAuditRecord(entry)));
    },
    async list(filter, page) {
      const condition = { $and: [...conditionsOf(filter), following<AuditRecord>('at', page)] };
      const records = await withEntries((entries) => entries.find(condition, newestFirst('at', page)).toArray());
      return toPage(records, page.limit, {
        item: toAuditEntry,
        cursor: (record) => placeOf(record, record.at),
      });
    },
    async removeBefore(time) {
      await withEntries((entries) => entries.deleteMany({ at: { $lt: time } }));
    },
  };
}

function conditionsOf({ actor, action, since }: AuditFilter): Filter<AuditRecord>[] {
  const conditions: Filter<AuditRecord>[] = [];
  if (actor !== null) {
    conditions.push({ $or: ['userId', 'username', 'keyId'].map((field) => ({ [`actor.${field}`]: actor })) });
  }
  if (action !== null) conditions.push({ action });
  if (since !== null) conditions.push({ at: { $gte: since } });
  return conditions;
}

export function toAuditEntry({ _id, ...record }: AuditRecord): AuditEntry {
  const { at, actor, action, subject, outcome, address, requestId } = record;
  return { id: _id, at, actor, action, subject, outcome, address, requestId };
}

export function toAuditRecord({ id, ...entry }: AuditEntry): AuditRecord {
  return { ...entry, _id: id };
}
