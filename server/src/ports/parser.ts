import type { ParsedDocument } from '../models/document.ts';

/**
 * Reads a file into text. Rejects with `unsupported_document`, `document_broken`, `document_encrypted`,
 * `document_empty` or `document_too_expensive`; a hostile file harms neither the caller nor the next file. Rejects with the
 * reason of the signal when it is aborted, and with `shutting_down` once the parser is closed.
 */
export interface Parser extends AsyncDisposable {
  parse(file: ParserInput, options: { signal: AbortSignal }): Promise<ParsedDocument>;
}

export interface ParserInput {
  bytes: Uint8Array;
  /** One of `supportedMediaTypes`; the name is trusted, so decide it by the content first. */
  mediaType: string;
}
