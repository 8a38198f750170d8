import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { DocumentDraft, DocumentRevision, ParsedDocument } from '../../models/document.ts';
import type { DocumentOutcome, DocumentStore } from '../../ports/document-store.ts';
import type { Parser } from '../../ports/parser.ts';
import type { DocumentToIndex } from '../retrieval/index-documents.ts';
import { detectLanguage } from '../retrieval/language.ts';
import type { RevisionRef } from './ingestion/ingestion-job.ts';
import { splitPassagesInTurns } from './passages.ts';

export interface ReadRevision {
  toIndex: DocumentToIndex;
  outcome: DocumentOutcome & { status: 'ready' };
}

const longestTitle = 200;

/**
 * Reads a stored revision: its text, from the parser or as an earlier try saved it, cut into passages. Rejects with the
 * errors of the parser, and with `document_empty` when there is nothing to cut.
 */
export async function readRevision(
  { documents, parser }: { documents: DocumentStore; parser: Parser },
  { id, revision, stored }: RevisionRef & { stored: DocumentRevision },
  { signal }: { signal: AbortSignal },
): Promise<ReadRevision> {
  const parsed = (await stored.text()) ?? (await parse());
  const { draft } = stored;
  const title = draft.title ?? titleOf(draft, parsed);
  const { language } = detectLanguage(parsed.text);
  const context = { documentId: id, revision, collection: draft.collection, title, language };
  const passages = await splitPassagesInTurns(parsed, context);
  if (passages.length === 0) throw new AppError('document_empty', { detail: told`No text was found in the file.` });
  return {
    toIndex: { documentId: id, revision, collection: draft.collection, readers: draft.readers, passages },
    outcome: {
      status: 'ready',
      title,
      passageCount: passages.length,
      pageCount: parsed.pages.at(-1)?.number ?? null,
      language,
    },
  };

  async function parse(): Promise<ParsedDocument> {
    const bytes = await stored.original();
    const result = await parser.parse({ bytes, mediaType: stored.draft.mediaType }, { signal });
    await documents.saveText(id, revision, result);
    return result;
  }
}

function titleOf({ fileName }: DocumentDraft, { title, text }: ParsedDocument): string {
  const found = title ?? fileName?.replace(/\.[^.]+$/, '') ?? text.trimStart().split('\n', 1)[0] ?? '';
  return found.trim().slice(0, longestTitle).toWellFormed();
}
