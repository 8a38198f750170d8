import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { CsvForm } from '../../../../models/table.ts';
import { decodeWindows1252 } from '../../../parser/text/decode-text.ts';
import { maxRowBytes } from '../../limits.ts';
import { tableBroken, tableTooLarge } from '../table-error.ts';

export interface Utf8File {
  path: string;
  /** Nobody said that it is Latin-1, but it is no UTF-8. */
  wasLatin1: boolean;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1';

/** The same text in UTF-8 without a mark, in a file beside it if it is not so already. */
export async function toUtf8(path: string, said: CsvForm['encoding']): Promise<Utf8File> {
  const { encoding, mark } = await encodingOf(path, said);
  if (encoding === 'utf-8' && mark === 0) return { path, wasLatin1: false };
  const converted = `${path}.utf8`;
  const decode = encoding === 'latin-1' ? decodeWindows1252 : streamDecoder(encoding);
  await pipeline(
    createReadStream(path, { start: mark }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) yield decode(chunk);
    },
    createWriteStream(converted),
  );
  return { path: converted, wasLatin1: encoding === 'latin-1' && said === undefined };
}

const marks: readonly { encoding: Encoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

async function encodingOf(path: string, said: CsvForm['encoding']): Promise<{ encoding: Encoding; mark: number }> {
  const head = await firstBytes(path, 4);
  const marked = marks.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (marked !== undefined) return { encoding: marked.encoding, mark: marked.bytes.length };
  if (said === 'latin-1') return { encoding: said, mark: 0 };
  if (await isTextInUtf8(path)) return { encoding: 'utf-8', mark: 0 };
  if (said === 'utf-8') throw tableBroken('The file is not in UTF-8. Name its encoding, or leave it out.');
  return { encoding: 'latin-1', mark: 0 };
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const lineBreak = 0x0a;

/** Line by line, for a character can be cut anywhere else. Also looks for what no text has, in either encoding. */
async function isTextInUtf8(path: string): Promise<boolean> {
  let rest = Buffer.alloc(0);
  let isValid = true;
  for await (const chunk of createReadStream(path, { highWaterMark: maxRowBytes }) as AsyncIterable<Buffer>) {
    if (chunk.includes(0)) throw tableBroken('The file contains binary data.');
    const end = chunk.lastIndexOf(lineBreak) + 1;
    if (end === 0 && rest.length > maxRowBytes) throw tableTooLarge('A row is longer than 1 MiB.');
    isValid &&= isUtf8(rest) || end === 0;
    const whole = Buffer.concat([rest, chunk.subarray(0, end)]);
    isValid &&= isUtf8(whole);
    rest = Buffer.concat([end === 0 ? rest : Buffer.alloc(0), chunk.subarray(end)]);
  }
  return isValid && isUtf8(rest);
}

function streamDecoder(encoding: string): (bytes: Buffer) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => decoder.decode(bytes, { stream: true });
}
