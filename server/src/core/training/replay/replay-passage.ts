import { everyone } from '../../../models/passage-filter.ts';
import type { Passage } from '../../../models/passage.ts';
import type { DocumentStore } from '../../../ports/document-store.ts';
import { allPages } from '../../knowledge/all-pages.ts';
import { splitPassagesInTurns } from '../../knowledge/passages.ts';
import { type FactPassage, textOf } from '../fact-passage.ts';

/** A passage that questions are made of. */
export interface ReplayPassage extends Pick<Passage, 'title' | 'section' | 'text' | 'language'> {
  /** Questions that a person has written, by the sentence that answers them. */
  questions?: ReadonlyMap<string, string>;
}

export function asReplayPassage(passage: FactPassage): ReplayPassage {
  const { title, section, language, facts } = passage;
  const questions = new Map(facts.map(({ sentence, question }) => [sentence, question]));
  return { title, section: [section], text: textOf(passage), language, questions };
}

/** Of long documents only the beginning: many documents teach more than many pages of one. */
const mostOfADocument = 8;

/**
 * Passages of stored documents, the newest documents first. Only of those that everybody may read: what a model learned
 * it may tell to anybody.
 */
export async function* passagesOfDocuments(documents: DocumentStore): AsyncGenerator<ReplayPassage> {
  const filter = { collections: null, readers: [everyone] };
  const ready = allPages((page) => documents.list({ filter, status: 'ready' }, page));
  for await (const { id, revision, collection, title, language } of ready) {
    const parsed = await (await documents.findRevision(id, revision))?.text();
    if (parsed === undefined || language === null) continue;
    const context = { documentId: id, revision, collection, title, language };
    yield* (await splitPassagesInTurns(parsed, context)).slice(0, mostOfADocument);
  }
}
