import type { ParsedDocument } from '../models/document.ts';

/**
 * Reads a file into text. Rejects with `unsupported_document`, `document_broken`, `document_encrypted`,
 * `document_empty` or `document_too_expensive`; a hostile file harms neither the caller nor the next file.
 */
export interface Parser extends AsyncDisposable {
  parse(file: ParserInput, options: { signal: AbortSignal }): Promise<ParsedDocument>;
}

export interface ParserInput {
  bytes: Uint8Array;
  mediaType: string;
}
