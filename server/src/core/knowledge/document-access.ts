import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Document, DocumentDraft } from '../../models/document.ts';
import type { Principal } from '../../models/principal.ts';
import { permittedPassages } from '../auth/permitted-passages.ts';

/** Whether the principal may see a document, or a revision of it, with this collection, readers and owner. */
export function maySee(
  principal: Principal,
  subject: Pick<DocumentDraft, 'collection' | 'readers' | 'ownerId'>,
): boolean {
  const { collections, readers } = permittedPassages(principal);
  if (collections !== null && !collections.includes(subject.collection)) return false;
  if (readers === null || subject.ownerId === principal.userId) return true;
  return subject.readers.some((reader) => readers.includes(reader));
}

/** Throws `not_found` for a document that is not there or not to be seen: from outside they are the same. */
export function assertVisible(principal: Principal, document: Document | undefined): asserts document is Document {
  if (document === undefined || !maySee(principal, document)) throw new AppError('not_found');
}

/** Only its owner and administrators change a document; others who may see it get `forbidden`. */
export function assertMayChange(principal: Principal, document: Document | undefined): asserts document is Document {
  assertVisible(principal, document);
  if (principal.role === 'admin' || document.ownerId === principal.userId) return;
  throw new AppError('forbidden', { detail: told`Only the owner of this document or an administrator may change it.` });
}
