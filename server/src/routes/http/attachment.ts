import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { OriginalFile } from '../../core/knowledge/ingestion/read-content.ts';

/** Sends a file that somebody uploaded so that no browser runs it: as a download, of the type it was stored with. */
export function attachment(reply: FastifyReply, { bytes, ...file }: OriginalFile): FastifyReply {
  return reply.headers(attachmentHeaders(file)).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** The same for a file that is read while it is sent. */
export function attachedStream(
  reply: FastifyReply,
  { bytes, content, ...file }: Omit<OriginalFile, 'bytes'> & { bytes: number; content: AsyncIterable<Uint8Array> },
): FastifyReply {
  return reply.headers({ ...attachmentHeaders(file), 'content-length': bytes }).send(Readable.from(content));
}

function attachmentHeaders({ mediaType, fileName }: Omit<OriginalFile, 'bytes'>): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeName(fileName ?? 'document')}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  };
}

/** RFC 8187: what encodeURIComponent leaves alone but that standard does not. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
