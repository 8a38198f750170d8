import type { FastifyReply } from 'fastify';
import type { OriginalFile } from '../core/knowledge/read-content.ts';

/** Sends a file that somebody uploaded so that no browser runs it: as a download, of the type it was stored with. */
export function attachment(reply: FastifyReply, { bytes, mediaType, fileName }: OriginalFile): FastifyReply {
  return reply
    .headers({
      'content-type': mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeName(fileName ?? 'document')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    })
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** RFC 8187: what encodeURIComponent leaves alone but that standard does not. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
