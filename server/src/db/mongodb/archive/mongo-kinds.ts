import { Binary, type Db, type Document, type WithId } from 'mongodb';
import type { ArchivedReply, ArchivedResponse, ArchiveKind, ArchiveRecords } from '../../../models/archive.ts';
import type { UserRecord } from '../accounts/account-records.ts';
import type { MongoConnection } from '../connection.ts';
import { jobOf, jobRecord, type JobRecord } from '../job-records.ts';
import { toAuditEntry, toAuditRecord, type AuditRecord } from '../mongo-audit-log.ts';
import type { ClaimRecord } from '../mongo-idempotency-store.ts';
import { personaRecord, toPersona, type PersonaRecord } from '../mongo-persona-store.ts';
import { createMongoResponseStore } from '../mongo-response-store.ts';
import type { SecretRecord } from '../accounts/mongo-secret-store.ts';
import {
  toTrainingPart,
  toTrainingPartRecord,
  toTrainingSet,
  toTrainingSetRecord,
  type TrainingPartRecord,
  type TrainingSetRecord,
} from '../mongo-training-set-store.ts';
import {
  toTrainingVersion,
  toTrainingVersionRecord,
  toVersionInForce,
  toVersionInForceRecord,
  type TrainingVersionRecord,
  type VersionInForceRecord,
} from '../mongo-training-version-store.ts';
import { toUser, userRecord } from '../accounts/mongo-user-store.ts';
import { readApiKeys, readRefreshTokens, toSecret, writeRefreshTokens } from './accounts.ts';
import { readDocuments, writeDocuments } from './documents.ts';
import { readInOrder, type OrderedRecords } from './ordered-records.ts';
import { countTurns, readConversations, readTurns, writeConversations, writeTurns } from './turns.ts';
import { countUsage, readUsage, writeUsage } from './usage.ts';

export interface MongoKind<R> {
  read(connection: MongoConnection): AsyncIterable<R>;
  count(connection: MongoConnection): Promise<number>;
  write(connection: MongoConnection, records: readonly R[]): Promise<void>;
}

export const mongoKinds: { [K in ArchiveKind]: MongoKind<ArchiveRecords[K]> } = {
  secrets: recordsOf<SecretRecord, ArchiveRecords['secrets']>(
    { collection: 'secrets' },
    {
      toRecord: toSecret,
      toStored: ({ name, value }) => ({ _id: name, value: new Binary(Buffer.from(value, 'base64')) }),
    },
  ),
  users: recordsOf<UserRecord, ArchiveRecords['users']>(
    { collection: 'users' },
    { toRecord: (record) => toUser(record)!, toStored: userRecord },
  ),
  'api-keys': {
    ...recordsIn('api_keys'),
    read: readApiKeys,
    write: writing((database, keys) =>
      insert(
        database,
        'api_keys',
        keys.map(({ id, ...key }) => ({ ...key, _id: id })),
      ),
    ),
  },
  'refresh-tokens': {
    ...recordsIn('refresh_tokens'),
    read: readRefreshTokens,
    write: writing(writeRefreshTokens),
  },
  personas: recordsOf<PersonaRecord, ArchiveRecords['personas']>(
    { collection: 'personas' },
    { toRecord: toPersona, toStored: personaRecord },
  ),
  conversations: { ...recordsIn('conversations'), read: readConversations, write: writing(writeConversations) },
  turns: { read: readTurns, count: countTurns, write: writing(writeTurns) },
  documents: { ...recordsIn('documents'), read: readDocuments, write: writing(writeDocuments) },
  jobs: recordsOf<JobRecord, ArchiveRecords['jobs']>(
    { collection: 'jobs' },
    {
      toRecord: jobOf,
      // The lease of a running job has ended: whoever held it does not know the copy.
      toStored: (job) => jobRecord(job, job.status === 'running' ? new Date(0) : null),
    },
  ),
  'training-sets': recordsOf<TrainingSetRecord, ArchiveRecords['training-sets']>(
    { collection: 'training_sets' },
    { toRecord: toTrainingSet, toStored: toTrainingSetRecord },
  ),
  'training-parts': recordsOf<TrainingPartRecord, ArchiveRecords['training-parts']>(
    { collection: 'training_parts' },
    { toRecord: toTrainingPart, toStored: toTrainingPartRecord },
  ),
  'training-versions': recordsOf<TrainingVersionRecord, ArchiveRecords['training-versions']>(
    { collection: 'training_versions' },
    { toRecord: toTrainingVersion, toStored: toTrainingVersionRecord },
  ),
  'versions-in-force': recordsOf<VersionInForceRecord, ArchiveRecords['versions-in-force']>(
    { collection: 'versions_in_force' },
    { toRecord: toVersionInForce, toStored: toVersionInForceRecord },
  ),
  usage: { read: readUsage, count: countUsage, write: writing(writeUsage) },
  audit: recordsOf<AuditRecord, ArchiveRecords['audit']>(
    { collection: 'audit' },
    { toRecord: toAuditEntry, toStored: toAuditRecord },
  ),
  responses: { ...recordsIn('responses'), read: readResponses, write: writeResponses },
  // A claim without a reply is of a request that is being answered: nobody waits for it in a copy.
  replies: recordsOf<ClaimRecord, ArchivedReply>(
    { collection: 'idempotency', filter: { reply: { $ne: null } } },
    { toRecord: toReply, toStored: fromReply },
  ),
};

/** A kind of which each record is one of a collection. */
function recordsOf<S extends Document, R>(
  records: OrderedRecords<S>,
  { toRecord, toStored }: { toRecord(stored: WithId<S>): R; toStored(record: R): S },
): MongoKind<R> {
  const { collection, filter = {} } = records;
  return {
    async *read(connection) {
      for await (const stored of readInOrder(connection, records)) yield toRecord(stored);
    },
    count: (connection) => connection.run((database) => database.collection<S>(collection).countDocuments(filter)),
    write: writing((database, added) => insert(database, collection, added.map(toStored))),
  };
}

function recordsIn(collection: string): Pick<MongoKind<unknown>, 'count'> {
  return { count: (connection) => connection.run((database) => database.collection(collection).countDocuments()) };
}

function writing<R>(write: (database: Db, records: readonly R[]) => Promise<void>): MongoKind<R>['write'] {
  return (connection, records) => connection.run((database) => write(database, records));
}

/** In their order; those before one that cannot be inserted are. */
async function insert(database: Db, collection: string, records: readonly Document[]): Promise<void> {
  await database.collection(collection).insertMany([...records]);
}

async function* readResponses(connection: MongoConnection): AsyncGenerator<ArchivedResponse> {
  const responses = createMongoResponseStore(connection);
  const ids: OrderedRecords<{ _id: string; ownerId: string }> = { collection: 'responses' };
  for await (const { _id, ownerId } of readInOrder(connection, ids)) {
    const response = await responses.find(_id, ownerId);
    if (response !== undefined) yield response;
  }
}

async function writeResponses(connection: MongoConnection, records: readonly ArchivedResponse[]): Promise<void> {
  const responses = createMongoResponseStore(connection);
  for (const record of records) await responses.save(record);
}

function toReply({ _id, fingerprint, claimedAt, reply }: WithId<ClaimRecord>): ArchivedReply {
  return { key: _id, fingerprint, claimedAt, reply: JSON.parse(reply ?? 'null') as ArchivedReply['reply'] };
}

function fromReply({ key, fingerprint, claimedAt, reply }: ArchivedReply): ClaimRecord {
  return { _id: key, fingerprint, claimedAt, runner: 'copy', aliveAt: claimedAt, reply: JSON.stringify(reply) };
}
