import type { Binary, Collection, Db } from 'mongodb';
import type { InsightSummary } from '../../models/insight.ts';
import type { InsightStore } from '../../ports/insight-store.ts';
import { toPage } from '../cursor.ts';
import { readReport, summaryOf, writeReport } from '../insight-record.ts';
import type { MongoConnection } from './connection.ts';
import { splitContent } from './content-parts.ts';
import { following, newestFirst, placeOf } from './newest-first.ts';
import { sweepTime } from './sweep-time.ts';

interface ReportRecord extends Omit<InsightSummary, 'id'> {
  _id: string;
  ownerId: string;
  content: Binary;
  /** What the parts with the rest are called: each time a report is replaced, they are new ones. */
  rest: readonly string[];
  expiresAt: Date;
  sweepAt: Date;
}

interface PartRecord {
  _id: string;
  reportId: string;
  content: Binary;
  sweepAt: Date;
}

/**
 * Reports in a collection, as JSON; of large ones the rest in another, stored before the record that names it and removed
 * after it. The connection belongs to whoever opened it.
 */
export function createMongoInsightStore(connection: MongoConnection): InsightStore {
  const withReports = <T>(work: (collections: ReportCollections) => Promise<T>): Promise<T> =>
    connection.run((database) => work(collectionsOf(database)));

  async function removeAll(ids: readonly string[]): Promise<void> {
    await withReports(async ({ reports, parts }) => {
      await reports.deleteMany({ _id: { $in: [...ids] } });
      await parts.deleteMany({ reportId: { $in: [...ids] } });
    });
  }

  return {
    async put(report) {
      const { id, ...summary } = summaryOf(report);
      const { ownerId, expiresAt } = report;
      const sweepAt = sweepTime(expiresAt.getTime());
      const [content, ...others] = splitContent(Buffer.from(writeReport(report)));
      const written = Date.now();
      const more = others.map((part, index) => ({
        _id: `${id}/${written}/${index}`,
        reportId: id,
        content: part,
        sweepAt,
      }));
      const rest = more.map(({ _id }) => _id);
      await withReports(async ({ reports, parts }) => {
        for (const part of more) await parts.replaceOne({ _id: part._id }, part, { upsert: true });
        const record = { ...summary, ownerId, content, rest, expiresAt, sweepAt };
        await reports.replaceOne({ _id: id }, record, { upsert: true });
        await parts.deleteMany({ reportId: id, _id: { $nin: rest } });
      });
    },
    async find(id, now) {
      return withReports(async ({ reports, parts }) => {
        const record = await reports.findOne({ _id: id, expiresAt: { $gt: now } });
        if (record === null) return undefined;
        const rest = await Promise.all(record.rest.map((_id) => parts.findOne({ _id })));
        // Removed at this moment.
        if (rest.includes(null)) return undefined;
        const pieces = [record, ...rest].map((part) => part!.content.value());
        return readReport(Buffer.concat(pieces).toString());
      });
    },
    async list(ownerId, { now, ...page }) {
      const after = following<ReportRecord>('createdAt', page);
      const options = { ...newestFirst('createdAt', page), projection: { content: 0, rest: 0 } };
      const records = await withReports(({ reports }) =>
        reports.find({ ...after, ownerId, expiresAt: { $gt: now } }, options).toArray(),
      );
      return toPage(records, page.limit, { item: toSummary, cursor: (record) => placeOf(record, record.createdAt) });
    },
    remove: (id) => removeAll([id]),
    async removeExpired(now) {
      const ids = await withReports(({ reports }) => reports.distinct('_id', { expiresAt: { $lte: now } }));
      await removeAll(ids);
    },
  };
}

interface ReportCollections {
  reports: Collection<ReportRecord>;
  parts: Collection<PartRecord>;
}

function collectionsOf(database: Db): ReportCollections {
  return { reports: database.collection('insight_reports'), parts: database.collection('insight_parts') };
}

function toSummary({ _id, status, question, headline, createdAt }: ReportRecord): InsightSummary {
  return { id: _id, status, question, headline, createdAt };
}
