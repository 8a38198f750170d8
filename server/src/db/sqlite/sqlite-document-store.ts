import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Document, DocumentDraft } from '../../models/document.ts';
import { newId } from '../../models/new-id.ts';
import type { DocumentOutcome, DocumentStore } from '../../ports/document-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import { hashOf, identityOf } from '../document-identity.ts';
import type { Database } from './database.ts';
import type { Statement } from './statement.ts';
import { openDocumentFiles, type DocumentFiles } from './document-files.ts';
import { documentOf, draftOf, filterCondition } from './document-rows.ts';
import { failureValues } from './failure-columns.ts';

export interface SqliteDocumentStoreOptions {
  database: Database;
  /** Folder of the original files and texts; made when it is not there. */
  directory: string;
  now: () => Date;
}

/** Longer than any upload may take between writing its file and its row. */
const unclaimedFileAgeMs = 60 * 60 * 1000;

/** Rows in SQLite, bytes and texts as files beside it; files that no row speaks of are removed in the background. */
export function openSqliteDocumentStore({ database, directory, now }: SqliteDocumentStoreOptions): DocumentStore {
  const files = openDocumentFiles(directory);
  const find = (id: string): Promise<Document | undefined> => findDocument(database, 'id = ?', id);
  const stopping = new AbortController();
  const swept = sweepFiles({ database, files, now, signal: stopping.signal });

  return {
    async accept(draft, original, id) {
      const upload = { draft, original, contentHash: hashOf(original) };
      return id === undefined
        ? acceptNew({ database, files, now }, upload)
        : acceptRevision({ database, files, now }, { ...upload, id });
    },
    find,
    async list({ filter, status }, { limit, after }) {
      const condition = filterCondition(filter);
      const [createdAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        `select * from documents_seen where ${condition.sql} and (?3 is null or status = ?3)
          and (?4 is null or (created_at, id) < (?4, ?5)) order by created_at desc, id desc limit ?6`,
        [...condition.values, status, createdAt ?? null, id ?? null, limit + 1],
      );
      return toPage(rows, limit, {
        item: documentOf,
        cursor: (row) => [row['created_at'] as number, row['id'] as string],
      });
    },
    async collections(filter, { limit, after }) {
      const condition = filterCondition(filter);
      const [name] = after === null ? [null] : decodeCursor(after, ['string']);
      const rows = await database.all(
        `select collection, count(*) as documents from documents_seen
          where ${condition.sql} and (?3 is null or collection > ?3) group by collection order by collection limit ?4`,
        [...condition.values, name ?? null, limit + 1],
      );
      return toPage(rows, limit, {
        item: (row) => ({ name: row['collection'] as string, documents: row['documents'] as number }),
        cursor: (row) => [row['collection'] as string],
      });
    },
    async findRevision(id, revision) {
      const [row] = await database.all(
        `select owner_id, r.* from document_revisions r join documents on id = document_id
          where document_id = ? and r.revision = ?`,
        [id, revision],
      );
      if (row === undefined) return undefined;
      return {
        draft: draftOf(row),
        original: () => files.readOriginal(id, row['content_hash'] as string),
        text: () => files.readText(id, revision),
      };
    },
    async saveText(id, revision, parsed) {
      if ((await find(id)) !== undefined) await files.writeText(id, revision, parsed);
    },
    async finish({ id, revision }, outcome) {
      const ended = finishStatements({ id, revision, at: now().getTime() }, outcome);
      await database.transaction(ended);
    },
    async delete(id) {
      await database.run('delete from documents where id = ?', [id]);
      await files.deleteAll(id);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await swept;
    },
  };
}

interface StoreParts {
  database: Database;
  files: DocumentFiles;
  now: () => Date;
}

interface Upload {
  draft: DocumentDraft;
  original: Uint8Array;
  contentHash: string;
}

interface Accepted {
  document: Document;
  isNew: boolean;
}

async function findDocument(database: Database, condition: string, value: string): Promise<Document | undefined> {
  const [row] = await database.all(`select * from documents_seen where ${condition}`, [value]);
  return row === undefined ? undefined : documentOf(row);
}

async function acceptNew({ database, files, now }: StoreParts, upload: Upload): Promise<Accepted> {
  const identity = identityOf(upload.draft, upload.contentHash);
  const findSame = (): Promise<Document | undefined> =>
    findDocument(database, 'id = (select id from documents where identity = ?)', identity);
  for (;;) {
    const same = await findSame();
    if (same !== undefined) return { document: same, isNew: false };

    const id = newId('doc');
    await files.writeOriginal(id, upload.contentHash, upload.original);
    const at = now().getTime();
    const inserted = await database.transaction([
      {
        sql: `insert into documents (id, owner_id, revision, latest_revision, identity, created_at, updated_at)
          values (?, ?, 0, 1, ?, ?, ?) on conflict (identity) do nothing`,
        values: [id, upload.draft.ownerId, identity, at, at],
        expectChanges: 1,
      },
      insertRevision({ id, revision: 1, identity, upload }),
    ]);
    if (inserted !== undefined) return { document: await getDocument(database, id), isNew: true };
    // Somebody else stored the same document in this moment, and may have deleted it again.
    await files.deleteAll(id);
  }
}

async function acceptRevision(
  { database, files, now }: StoreParts,
  { id, ...upload }: Upload & { id: string },
): Promise<Accepted> {
  const identity = identityOf(upload.draft, upload.contentHash);
  for (;;) {
    const { latestRevision } = await getDocument(database, id);
    await files.writeOriginal(id, upload.contentHash, upload.original);
    const revision = latestRevision + 1;
    const stored = await database
      .transaction([
        {
          sql: `update documents set latest_revision = ?, identity = ?, updated_at = ?
            where id = ? and latest_revision = ?`,
          values: [revision, identity, now().getTime(), id, latestRevision],
          expectChanges: 1,
        },
        insertRevision({ id, revision, identity, upload }),
      ])
      .catch(explainTwin);
    if (stored !== undefined) return { document: await getDocument(database, id), isNew: true };
  }
}

function explainTwin(error: unknown): never {
  if (!isAppError(error, 'already_exists')) throw error;
  throw new AppError('already_exists', { detail: told`Another document has these very bytes.`, cause: error });
}

async function getDocument(database: Database, id: string): Promise<Document> {
  const document = await findDocument(database, 'id = ?', id);
  if (document === undefined) throw new AppError('not_found');
  return document;
}

function insertRevision({
  id,
  revision,
  identity,
  upload: { draft, contentHash, original },
}: {
  id: string;
  revision: number;
  identity: string;
  upload: Upload;
}): Statement {
  const { collection, title, mediaType, fileName, metadata, readers } = draft;
  return {
    sql: `insert into document_revisions (document_id, revision, status, identity, collection, title, media_type,
        file_name, metadata, readers, content_hash, bytes)
      values (?, ?, 'processing', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    values: [
      id,
      revision,
      identity,
      collection,
      title,
      mediaType,
      fileName,
      JSON.stringify(metadata),
      JSON.stringify(readers),
      contentHash,
      original.byteLength,
    ],
  };
}

function finishStatements(
  { id, revision, at }: { id: string; revision: number; at: number },
  outcome: DocumentOutcome,
): Statement[] {
  const where = `where document_id = ? and revision = ? and status = 'processing'`;
  if (outcome.status === 'ready') {
    const { title, passageCount, pageCount, language } = outcome;
    return [
      {
        sql: `update document_revisions set status = 'ready', title = ?, passage_count = ?, page_count = ?, language = ?
          ${where}`,
        values: [title, passageCount, pageCount, language, id, revision],
        expectChanges: 1,
      },
      {
        sql: 'update documents set revision = max(revision, ?), updated_at = ? where id = ?',
        values: [revision, at, id],
      },
    ];
  }
  return [
    {
      sql: `update document_revisions set status = 'failed', error_code = ?, error_detail = ? ${where}`,
      values: [...failureValues(outcome.error), id, revision],
      expectChanges: 1,
    },
    { sql: 'update documents set updated_at = ? where id = ?', values: [at, id] },
    // The same document is again what answers, unless somebody stored that meanwhile.
    {
      sql: `update or ignore documents set identity =
          (select identity from document_revisions r where document_id = id and r.revision = documents.revision)
        where id = ? and latest_revision = ? and revision > 0`,
      values: [id, revision],
    },
  ];
}

async function sweepFiles({ database, files, now, signal }: StoreParts & { signal: AbortSignal }): Promise<void> {
  try {
    for (const shelf of await files.shelves()) {
      if (signal.aborted) return;
      const before = new Date(now().getTime() - unclaimedFileAgeMs);
      const kept = await keptOn(database, shelf);
      await files.sweep(shelf, { before, isKept: ({ id, key }) => kept.has(`${id}.${key}`) });
    }
  } catch {
    // What could not be swept now is swept after the next start.
  }
}

/** `<id>.<content hash>` of originals and `<id>.<revision>` of texts that have a row. */
async function keptOn(database: Database, shelf: string): Promise<ReadonlySet<string>> {
  const rows = await database.all(
    `select document_id || '.' || content_hash as original, document_id || '.' || revision as text
      from document_revisions where document_id >= ? and document_id < ?`,
    [`doc_${shelf}`, `doc_${shelf}~`],
  );
  return new Set(rows.flatMap((row) => [row['original'] as string, row['text'] as string]));
}
