import fc from 'fast-check';
import type { JsonSchema } from './arbitrary-from-schema.ts';
import { hostileText } from './hostile.ts';

const boundary = 'billumy-fuzz-boundary';
export const formContentType = `multipart/form-data; boundary=${boundary}`;

interface Part {
  name: string;
  fileName: string | undefined;
  mediaType: string;
  content: Buffer;
}

/** Forms with the fields that a schema names, files among them, some of which are none. */
export function formBody({ properties = {} }: JsonSchema): fc.Arbitrary<Buffer> {
  const names = Object.keys(properties);
  const isFile = (name: string): boolean => {
    const schema = properties[name];
    return (schema?.items ?? schema)?.format === 'binary';
  };
  const field = fc.constantFrom(...names, 'extra').chain((name) => (isFile(name) ? filePart(name) : textPart(name)));
  return fc.array(field, { maxLength: 4 }).map(encode);
}

function filePart(name: string): fc.Arbitrary<Part> {
  return fc.record({
    name: fc.constant(name),
    fileName: fc.constantFrom(
      'nota.txt',
      'a.md',
      'a.html',
      'a.pdf',
      'a.docx',
      'a.csv',
      'a.xlsx',
      'a.json',
      'a.jsonl',
      'a.exe',
      '../a',
      '',
    ),
    mediaType: fc.constantFrom('text/plain', 'text/html', 'application/pdf', 'application/octet-stream', 'nonsense'),
    content: fc.oneof(
      fc
        .constantFrom(
          '',
          'O prazo é de 12 dias.',
          '%PDF-1.7\n%%EOF',
          'PK\u0003\u0004',
          '{"prompt":"a","completion":"b"}\n',
          'a;b\n1;2\n',
        )
        .map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    ),
  });
}

function textPart(name: string): fc.Arbitrary<Part> {
  const value = fc.oneof(fc.constantFrom('politicas', '{}', '{"users":["ana"]}', '{"lote":7}', '[]'), hostileText);
  return value.map((text) => ({
    name,
    fileName: undefined,
    mediaType: 'text/plain',
    content: Buffer.from(text.toWellFormed()),
  }));
}

function encode(parts: readonly Part[]): Buffer {
  const encoded = parts.map(({ name, fileName, mediaType, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: ${mediaType}`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')]);
  });
  return Buffer.concat([...encoded, Buffer.from(`--${boundary}--\r\n`)]);
}
