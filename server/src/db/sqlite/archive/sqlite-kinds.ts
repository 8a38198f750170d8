import type { ArchivedReply, ArchivedSecret, ArchiveKind, ArchiveRecords } from '../../../models/archive.ts';
import type { Job } from '../../../models/job.ts';
import type { Database } from '../database.ts';
import { insertApiKey, toApiKey } from '../sqlite-api-key-store.ts';
import { insertAuditEntry, toAuditEntry } from '../sqlite-audit-log.ts';
import { insertConversation, toConversation } from '../sqlite-conversation-store.ts';
import { jobOf, jsonOf } from '../sqlite-job-queue.ts';
import { savePersona, toPersona } from '../sqlite-persona-store.ts';
import { insertRefreshToken, toRefreshToken } from '../sqlite-refresh-token-store.ts';
import { insertResponse, toResponse } from '../sqlite-response-store.ts';
import { insertTrainingPart, insertTrainingSet, toTrainingPart, toTrainingSet } from '../sqlite-training-set-store.ts';
import {
  insertTrainingVersion,
  insertVersionInForce,
  toTrainingVersion,
  toVersionInForce,
} from '../sqlite-training-version-store.ts';
import { addUsage, toEntry } from '../sqlite-usage-store.ts';
import { insertUser, toUser } from '../sqlite-user-store.ts';
import type { Row, Statement } from '../statement.ts';
import { documentStatements, readDocuments, type DocumentParts } from './documents.ts';
import { countRows, readRows, type TableRows } from './table-rows.ts';
import { countTurns, readTurns, turnStatements } from './turns.ts';
import { failureValues } from '../failure-columns.ts';

export interface SqliteKind<R> {
  read(parts: DocumentParts): AsyncIterable<R>;
  count(database: Database): Promise<number>;
  /** What adds the record. */
  statements(record: R): Statement[];
}

export const sqliteKinds: { [K in ArchiveKind]: SqliteKind<ArchiveRecords[K]> } = {
  secrets: rowsOf({ from: 'secrets', key: ['name'] }, { toRecord: toSecret, insert: insertSecret }),
  users: rowsOf({ from: 'users', key: ['id'] }, { toRecord: toUser, insert: insertUser }),
  'api-keys': rowsOf({ from: 'api_keys', key: ['id'] }, { toRecord: toApiKey, insert: insertApiKey }),
  'refresh-tokens': rowsOf(
    { from: 'refresh_tokens', key: ['hash'] },
    { toRecord: toRefreshToken, insert: insertRefreshToken },
  ),
  personas: rowsOf({ from: 'personas', key: ['key'] }, { toRecord: toPersona, insert: savePersona }),
  conversations: rowsOf(
    { from: 'conversations', key: ['id'] },
    { toRecord: toConversation, insert: insertConversation },
  ),
  turns: { read: ({ database }) => readTurns(database), count: countTurns, statements: turnStatements },
  documents: {
    read: readDocuments,
    count: (database) => countRows(database, { from: 'documents', key: ['id'] }),
    statements: documentStatements,
  },
  jobs: rowsOf({ from: 'jobs', key: ['id'] }, { toRecord: jobOf, insert: insertJob }),
  'training-sets': rowsOf(
    { from: 'training_sets', key: ['id'] },
    { toRecord: toTrainingSet, insert: insertTrainingSet },
  ),
  'training-parts': rowsOf(
    { from: 'training_parts', key: ['set_id', 'number'] },
    { toRecord: toTrainingPart, insert: insertTrainingPart },
  ),
  'training-versions': rowsOf(
    { from: 'training_versions', key: ['id'] },
    { toRecord: toTrainingVersion, insert: insertTrainingVersion },
  ),
  'versions-in-force': rowsOf(
    { from: 'versions_in_force', key: ['base'] },
    { toRecord: toVersionInForce, insert: insertVersionInForce },
  ),
  usage: rowsOf({ from: 'usage', key: ['day', 'user_id', 'key_id', 'model'] }, { toRecord: toEntry, insert: addUsage }),
  audit: rowsOf({ from: 'audit', key: ['id'] }, { toRecord: toAuditEntry, insert: insertAuditEntry }),
  responses: rowsOf({ from: 'responses', key: ['id'] }, { toRecord: toResponse, insert: insertResponse }),
  // A claim without a reply is of a request that is being answered: nobody waits for it in a copy.
  replies: rowsOf(
    { from: 'idempotency', key: ['key'], where: 'reply is not null' },
    { toRecord: toReply, insert: insertReply },
  ),
};

/** A kind of which each record is a row. */
function rowsOf<R>(
  rows: TableRows,
  { toRecord, insert }: { toRecord(row: Row): R; insert(record: R): Statement },
): SqliteKind<R> {
  return {
    async *read({ database }) {
      for await (const row of readRows(database, rows)) yield toRecord(row);
    },
    count: (database) => countRows(database, rows),
    statements: (record) => [insert(record)],
  };
}

function toSecret({ name, value }: Row): ArchivedSecret {
  return { name: name as string, value: Buffer.from(value as Uint8Array).toString('base64') };
}

function insertSecret({ name, value }: ArchivedSecret): Statement {
  return { sql: 'insert into secrets values (?, ?)', values: [name, Buffer.from(value, 'base64')] };
}

/** The lease of a running job has ended: whoever held it does not know the copy. */
function insertJob({ progress, error, ...job }: Job): Statement {
  return {
    sql: `insert into jobs (id, kind, owner_id, status, payload, done, total, step, figures, checkpoint, attempts,
        lease_until, error_code, error_detail, result, created_at, updated_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    values: [
      job.id,
      job.kind,
      job.ownerId,
      job.status,
      JSON.stringify(job.payload),
      progress.done,
      progress.total,
      progress.step,
      jsonOf(progress.figures),
      JSON.stringify(progress.checkpoint),
      job.attempts,
      job.status === 'running' ? 0 : null,
      ...failureValues(error),
      job.result && JSON.stringify(job.result),
      job.createdAt.getTime(),
      job.updatedAt.getTime(),
    ],
  };
}

function toReply(row: Row): ArchivedReply {
  return {
    key: row['key'] as string,
    fingerprint: row['fingerprint'] as string,
    claimedAt: new Date(row['claimed_at'] as number),
    reply: JSON.parse(row['reply'] as string) as ArchivedReply['reply'],
  };
}

function insertReply({ key, fingerprint, claimedAt, reply }: ArchivedReply): Statement {
  return {
    sql: 'insert into idempotency (key, fingerprint, claimed_at, reply) values (?, ?, ?, ?)',
    values: [key, fingerprint, claimedAt.getTime(), JSON.stringify(reply)],
  };
}
