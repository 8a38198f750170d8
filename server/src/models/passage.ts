import type { PageStart } from './document.ts';
import type { Language } from './language.ts';

/** A stretch of a document that is retrieved and quoted as one. `text` is `document.text.slice(start, end)`, always. */
export interface Passage {
  /** `<documentId>:<revision>:<ordinal>` */
  id: string;
  documentId: string;
  revision: number;
  ordinal: number;
  collection: string;
  title: string;
  /** Chain of headings, outermost first. */
  section: readonly string[];
  text: string;
  start: number;
  end: number;
  /** The page on which it begins; null for formats without pages. */
  page: number | null;
  /** Where further pages begin inside it, in order, as offsets into the document. */
  pageBreaks: readonly PageStart[];
  language: Language;
}
