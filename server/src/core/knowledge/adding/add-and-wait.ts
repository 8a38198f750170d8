import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { Document, DocumentRevision } from '../../../models/document.ts';
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
  return revise(parts, principal, { id, uploadOver: async () => upload, wait });
}

/** The file that it has, with what is said of it now. */
export async function describeOne(
  parts: AddParts,
  principal: Principal,
  { id, description, wait }: { id: string; description: DocumentDescription; wait: WaitOptions },
): Promise<AddedDocument> {
  const uploadOver = async ({ draft, original }: DocumentRevision): Promise<DocumentUpload> => ({
    ...description,
    bytes: await original(),
    declared: draft.mediaType,
    fileName: draft.fileName,
    title: description.title ?? draft.title ?? undefined,
  });
  return revise(parts, principal, { id, uploadOver, wait });
}

interface Change {
  id: string;
  /** What is sent, over the revision that it goes on from. */
  uploadOver(base: DocumentRevision): Promise<DocumentUpload>;
  wait: WaitOptions;
}

async function revise(parts: AddParts, principal: Principal, { id, uploadOver, wait }: Change): Promise<AddedDocument> {
  // One after the other: each goes on from what the one before said.
  const accepted = await parts.lock.hold([id], async () => {
    const present = await parts.documents.find(id);
    assertMayChange(principal, present);
    const base = await baseOf(parts, present);
    const upload = await uploadOver(base);
    const of = { draft: base.draft, title: present.title, maxFileBytes: parts.maxFileBytes };
    const draft = draftRevision(principal, upload, of);
    const { document } = await parts.documents.accept(draft, upload.bytes, id);
    return { id, revision: document.latestRevision, collection: draft.collection, isNew: false, waits: true };
  });
  const job = await ingest(parts, principal, { accepted: [accepted], wait });
  const document = await parts.documents.find(id);
  if (document === undefined) throw new AppError('not_found');
  await throwFailure(parts, { document, accepted });
  return { document, isNew: true, job };
}

/** The revision that a change goes on from: the newest, also while it is read, unless it failed and one is in force. */
async function baseOf(
  { documents }: AddParts,
  { id, revision, latestRevision, status }: Document,
): Promise<DocumentRevision> {
  const base = await documents.findRevision(id, status === 'failed' && revision > 0 ? revision : latestRevision);
  if (base === undefined) throw new AppError('not_found');
  return base;
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
