import { createHash } from 'node:crypto';
import type { DocumentDraft } from '../models/document.ts';

/** What makes two uploads the same document. */
export function identityOf(draft: Pick<DocumentDraft, 'collection' | 'readers'>, contentHash: string): string {
  return hashOf(JSON.stringify([draft.collection, draft.readers, contentHash]));
}

/** SHA-256, hex. */
export function hashOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
