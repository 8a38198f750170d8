import type { Connection } from './connection.ts';
import {
  addedDocumentsSchema,
  documentSchema,
  passagePageSchema,
  type AddedDocuments,
  type Document,
  type DocumentChange,
  type PassagePage,
} from './documents.ts';
import { searchReplySchema, type SearchReply, type SearchRequest } from './search.ts';

/** Changes what is said of a document; the reply has a job when it is not read again yet. */
export async function changeDocument(
  connection: Connection,
  { id, change }: { id: string; change: DocumentChange },
): Promise<Document | AddedDocuments> {
  const reply = await connection.json(`/documents/${encodeURIComponent(id)}`, { method: 'PATCH', body: change });
  return documentSchema.or(addedDocumentsSchema).parse(reply);
}

/** How a revision of a document was cut for searching; of a long one, page by page. */
export async function listPassages(
  connection: Connection,
  { id, revision, after }: { id: string; revision: number; after?: number | undefined },
): Promise<PassagePage> {
  const query = new URLSearchParams({ revision: `${revision}`, limit: '100' });
  if (after !== undefined) query.set('after', `${after}`);
  return passagePageSchema.parse(
    await connection.json(`/documents/${encodeURIComponent(id)}/passages?${query.toString()}`),
  );
}

/** Retrieval alone: the passages that a question would be answered from, with how each leg ranked them. */
export async function search(
  connection: Connection,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchReply> {
  return searchReplySchema.parse(await connection.json('/search', { method: 'POST', body: request, signal }));
}
