import type { ErrorCode } from '../../errors/catalogue.ts';
import type { Told } from '../../errors/told.ts';
import type { ParsedDocument } from '../../models/document.ts';

/** What the service sends to a parser process: `file`, then its bytes in slices. */
export type ParserRequest =
  | { type: 'file'; mediaType: string; byteLength: number }
  | { type: 'bytes'; bytes: Uint8Array };

/** What comes back: `ready` once, and for each file `failed`, or its parts in order and then `parsed`. */
export type ParserReply =
  | { type: 'ready' }
  | { type: 'part'; text: string; sections: ParsedDocument['sections'] }
  | { type: 'parsed'; title: string | null; pages: ParsedDocument['pages']; usage: ParserUsage }
  | { type: 'failed'; code: ErrorCode; detail: Told | undefined; usage: ParserUsage };

/** Of the process, since it was started. */
export interface ParserUsage {
  cpuMilliseconds: number;
  residentBytes: number;
}

/** Bytes or characters per message, so that no message holds up the event loop of the service. */
export const sliceLength = 512 * 1024;
export const sectionsPerPart = 2_000;
