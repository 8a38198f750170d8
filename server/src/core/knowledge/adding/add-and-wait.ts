import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { Document } from '../../../models/document.ts';
import type { Job } from '../../../models/job.ts';
import type { Principal } from '../../../models/principal.ts';
import type { JobQueue } from '../../../ports/job-queue.ts';
import { acceptUploads, takeBack, type AcceptedDocument, type AcceptParts } from './add-documents.ts';
import { assertMayChange } from '../document-access.ts';
import { ingestionJob } from '../ingestion/ingestion-job.ts';
import type { IngestionLoop } from '../ingestion/ingestion-loop.ts';
import type { AddedDocument, AddedDocuments, WaitOptions } from './added-documents.ts';
import { draftRevision, type DocumentDescription, type DocumentUpload } from './upload.ts';
import { waitForJob } from '../ingestion/wait-for-job.ts';

export interface AddParts extends AcceptParts {
  jobs: JobQueue;
  loop: IngestionLoop;
}

const mostTries = 20;

export async function addOne(
  parts: AddParts,
  principal: Principal,
  { upload, wait }: { upload: DocumentUpload; wait: WaitOptions },
): Promise<AddedDocument> {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const { accepted } = await acceptUploads(parts, principal, only(upload));
    const [stored] = accepted;
    const job = stored?.waits === true ? await ingest(parts, principal, { accepted, wait }) : null;
    const document = stored === undefined ? undefined : await parts.documents.find(stored.id);
    if (document === undefined && job?.error != null) throw toError(job.error);
    // Somebody who sent the same broken file at the same time took it back before it was read for this call.
    if (stored === undefined || document === undefined) continue;
    if (job !== null) await throwFailure(parts, { document, accepted: stored });
    return { document, isNew: stored.isNew, job };
  }
  throw new AppError('conflict', { detail: told`This document is being deleted; try again.` });
}

export async function addMany(
  parts: AddParts,
  principal: Principal,
  { uploads, wait }: { uploads: AsyncIterable<DocumentUpload>; wait: WaitOptions },
): Promise<AddedDocuments> {
  const { accepted, rejected } = await acceptUploads(parts, principal, uploads);
  const job = await ingest(parts, principal, { accepted, wait });
  const documents: Document[] = [];
  for (const { id } of accepted) {
    const document = await parts.documents.find(id);
    if (document !== undefined) documents.push(document);
  }
  return { documents, rejected, job };
}

export async function replaceOne(
  parts: AddParts,
  principal: Principal,
  { id, upload, wait }: { id: string; upload: DocumentUpload; wait: WaitOptions },
): Promise<AddedDocument> {
  const present = await parts.documents.find(id);
  assertMayChange(principal, present);
  const draft = draftRevision(principal, upload, { document: present, maxFileBytes: parts.maxFileBytes });
  const { document } = await parts.documents.accept(draft, upload.bytes, id);
  const revision = document.latestRevision;
  const accepted = { id, revision, collection: draft.collection, isNew: false, waits: true };
  const job = await ingest(parts, principal, { accepted: [accepted], wait });
  const replaced = await parts.documents.find(id);
  if (replaced === undefined) throw new AppError('not_found');
  await throwFailure(parts, { document: replaced, accepted });
  return { document: replaced, isNew: true, job };
}

/** The latest file again, with what is said of it now. */
export async function describeOne(
  parts: AddParts,
  principal: Principal,
  { id, description, wait }: { id: string; description: DocumentDescription; wait: WaitOptions },
): Promise<AddedDocument> {
  const present = await parts.documents.find(id);
  assertMayChange(principal, present);
  const stored = await parts.documents.findRevision(id, present.latestRevision);
  if (stored === undefined) throw new AppError('not_found');
  const { mediaType, fileName } = stored.draft;
  const title = description.title ?? present.title;
  const upload = { bytes: await stored.original(), declared: mediaType, fileName, ...description, title };
  return replaceOne(parts, principal, { id, upload, wait });
}

/** Queues the reading of what was accepted, and waits for the end of it as long as asked. */
async function ingest(
  { jobs, loop }: AddParts,
  principal: Principal,
  { accepted, wait }: { accepted: readonly AcceptedDocument[]; wait: WaitOptions },
): Promise<Job> {
  const collections = [...new Set(accepted.map(({ collection }) => collection))];
  const documents = accepted.map(({ id, revision }) => ({ id, revision }));
  const queued = await jobs.enqueue(ingestionJob(principal.userId, { collections, documents }));
  loop.wake();
  await waitForJob(jobs, queued.id, wait);
  return (await jobs.find(queued.id)) ?? queued;
}

/** Throws why the revision could not be read; a document that was new with it is taken back. */
async function throwFailure(
  parts: AddParts,
  { document, accepted }: { document: Document; accepted: AcceptedDocument },
): Promise<void> {
  if (document.error === null || document.latestRevision !== accepted.revision) return;
  await takeBack(parts, [accepted]);
  throw toError(document.error, document.revision > 0 ? told`The revision before it stays in force.` : null);
}

function toError({ code, detail }: NonNullable<Document['error']>, consequence: Told | null = null): AppError {
  const sentences = [detail, consequence].filter((sentence) => sentence !== null);
  return new AppError(code, {
    detail: sentences.length === 2 ? told`${sentences[0]!} ${sentences[1]!}` : sentences[0],
  });
}

async function* only(upload: DocumentUpload): AsyncGenerator<DocumentUpload> {
  yield upload;
}
