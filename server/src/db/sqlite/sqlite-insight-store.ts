import type { InsightSummary } from '../../models/insight.ts';
import type { InsightStore } from '../../ports/insight-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import { readReport, summaryOf, writeReport } from '../insight-record.ts';
import type { Database } from './database.ts';
import type { Row } from './statement.ts';

/** Reports in a table, each as JSON. The database belongs to whoever opened it. */
export function createSqliteInsightStore(database: Database): InsightStore {
  return {
    async put(report) {
      const { status, question, headline } = summaryOf(report);
      await database.run('insert or replace into insight_reports values (?, ?, ?, ?, ?, ?, ?, ?)', [
        report.id,
        report.ownerId,
        status,
        question,
        headline,
        writeReport(report),
        report.createdAt.getTime(),
        report.expiresAt.getTime(),
      ]);
    },
    async find(id, now) {
      const [row] = await database.all('select report from insight_reports where id = ? and expires_at > ?', [
        id,
        now.getTime(),
      ]);
      return row && readReport(row['report'] as string);
    },
    async list(ownerId, { limit, after, now }) {
      const [createdAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        `select id, status, question, headline, created_at from insight_reports
          where owner_id = ?1 and expires_at > ?2 and (?3 is null or (created_at, id) < (?3, ?4))
          order by created_at desc, id desc limit ?5`,
        [ownerId, now.getTime(), createdAt ?? null, id ?? null, limit + 1],
      );
      return toPage(rows, limit, {
        item: toSummary,
        cursor: (row) => [row['created_at'] as number, row['id'] as string],
      });
    },
    async remove(id) {
      await database.run('delete from insight_reports where id = ?', [id]);
    },
    async removeExpired(now) {
      await database.run('delete from insight_reports where expires_at <= ?', [now.getTime()]);
    },
  };
}

function toSummary(row: Row): InsightSummary {
  return {
    id: row['id'] as string,
    status: row['status'] as InsightSummary['status'],
    question: row['question'] as string | null,
    headline: row['headline'] as string | null,
    createdAt: new Date(row['created_at'] as number),
  };
}
