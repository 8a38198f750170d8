import { createHash } from 'node:crypto';

/** What passes through a stream, counted and hashed. */
export interface CountedContent {
  pieces: AsyncIterable<Uint8Array>;
  /** Of what has passed by now. */
  measured(): { bytes: number; digest: string };
}

export function countContent(content: AsyncIterable<Uint8Array>): CountedContent {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      hash.update(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  }
  return { pieces: counted(), measured: () => ({ bytes, digest: `sha256:${hash.copy().digest('hex')}` }) };
}
