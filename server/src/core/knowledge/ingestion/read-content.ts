import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Document, DocumentRevision, ParsedDocument } from '../../../models/document.ts';
import type { Passage } from '../../../models/passage.ts';
import type { Principal } from '../../../models/principal.ts';
import type { DocumentStore } from '../../../ports/document-store.ts';
import { detectLanguage } from '../../retrieval/language.ts';
import { assertVisible, maySee } from '../document-access.ts';
import { splitPassagesInTurns } from '../passages.ts';

export interface RevisionRequest {
  id: string;
  revision?: number | undefined;
}

export interface DocumentContent extends ParsedDocument {
  id: string;
  revision: number;
  title: string;
}

export interface OriginalFile {
  bytes: Uint8Array;
  mediaType: string;
  fileName: string | null;
}

export async function findContent(
  documents: DocumentStore,
  principal: Principal,
  request: RevisionRequest,
): Promise<DocumentContent> {
  return contentOf(await findVisible(documents, principal, request));
}

/** Cut as it was when it was indexed: how depends on nothing but the text. */
export async function findPassages(
  documents: DocumentStore,
  principal: Principal,
  request: RevisionRequest,
): Promise<readonly Passage[]> {
  const visible = await findVisible(documents, principal, request);
  const { id, revision, title, ...parsed } = await contentOf(visible);
  const { language } = detectLanguage(parsed.text);
  const { collection } = visible.stored.draft;
  return splitPassagesInTurns({ ...parsed, title }, { documentId: id, revision, collection, title, language });
}

async function contentOf({ document, revision, stored }: VisibleRevision): Promise<DocumentContent> {
  const parsed = await stored.text();
  if (parsed !== undefined)
    return { ...parsed, id: document.id, revision, title: stored.draft.title ?? document.title };
  const detail =
    document.status === 'failed'
      ? told`This revision could not be read: its text is not known.`
      : told`This revision is still being read: try again when its document is ready.`;
  throw new AppError('conflict', { detail });
}

export async function findOriginal(
  documents: DocumentStore,
  principal: Principal,
  request: RevisionRequest,
): Promise<OriginalFile> {
  const { stored } = await findVisible(documents, principal, request);
  const { mediaType, fileName } = stored.draft;
  return { bytes: await stored.original(), mediaType, fileName };
}

interface VisibleRevision {
  document: Document;
  revision: number;
  stored: DocumentRevision;
}

/** An old revision is for those who might see it then and may see the document now. */
async function findVisible(
  documents: DocumentStore,
  principal: Principal,
  request: RevisionRequest,
): Promise<VisibleRevision> {
  const document = await documents.find(request.id);
  assertVisible(principal, document);
  const revision = request.revision ?? (document.revision || document.latestRevision);
  const stored = await documents.findRevision(document.id, revision);
  if (stored === undefined || !maySee(principal, stored.draft)) throw new AppError('not_found');
  return { document, revision, stored };
}
