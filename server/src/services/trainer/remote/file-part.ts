import { randomBytes } from 'node:crypto';
import type { StreamedBody } from './trainer-http.ts';

interface FileForm {
  purpose: string;
  name: string;
  /** As many as the content has. */
  bytes: number;
  content: AsyncIterable<Uint8Array>;
}

/** A multipart body with a file that is read while it is sent, whose length is known before: servers want that. */
export function filePart({ purpose, name, bytes, content }: FileForm): StreamedBody {
  const boundary = `billumy-${randomBytes(16).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="purpose"\r\n\r\n${purpose}\r\n` +
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
      'content-type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: head.length + bytes + tail.length,
    content: (async function* () {
      yield head;
      yield* content;
      yield tail;
    })(),
  };
}
