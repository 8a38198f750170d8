import type { DocumentStore } from '../../../ports/document-store.ts';
import type { Parser } from '../../../ports/parser.ts';
import type { SearchIndex } from '../../../ports/search-index.ts';
import type { TextAnalyzer } from '../../retrieval/text-analyzer.ts';
import type { KeyedLock } from './keyed-lock.ts';

/** What documents are ingested with. */
export interface IngestParts {
  documents: DocumentStore;
  index: SearchIndex;
  analyzer: TextAnalyzer;
  parser: Parser;
  /** Held while a document is put into or taken out of the index, by document id. */
  lock: KeyedLock;
}
