import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { CsvForm } from '../../../../models/table.ts';
import { decodeWindows1252 } from '../../../parser/text/decode-text.ts';
import { maxRowBytes } from '../../limits.ts';
import { tableBroken, tableTooLarge } from '../table-error.ts';
import { firstBytes } from './first-bytes.ts';
import { createLineEndSurvey, withOneLineEnd } from './line-ends.ts';
import { told } from '../../../../errors/told.ts';

export interface PlainTextFile {
  path: string;
  /** Nobody said that it is Latin-1, but it is no UTF-8. */
  wasLatin1: boolean;
}

/** Whether a text can be read as it is, also by a process that may write nothing. */
export function isPlainText(bytes: Buffer, said: CsvForm['encoding']): boolean {
  const isMarked = marks.some(({ bytes: mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (isMarked || said === 'latin-1' || bytes.includes(0) || !isUtf8(bytes)) return false;
  const ends = createLineEndSurvey();
  ends.look(bytes);
  return !ends.areMixed();
}

const isBinary = told`The file contains binary data.`;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1';

/** The same text in UTF-8 without a mark, with one kind of line end: in a file beside it if it is not so already. */
export async function toPlainText(path: string, said: CsvForm['encoding']): Promise<PlainTextFile> {
  const { encoding, mark, isPlain } = await encodingOf(path, said);
  if (isPlain) return { path, wasLatin1: false };
  const converted = `${path}.utf8`;
  const decode = encoding === 'latin-1' ? decodeWindows1252 : streamDecoder(encoding);
  await pipeline(
    createReadStream(path, { start: mark }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        const text = decode(chunk);
        if (text.includes('\0')) throw tableBroken(isBinary);
        yield text;
      }
    },
    withOneLineEnd,
    createWriteStream(converted),
  );
  return { path: converted, wasLatin1: encoding === 'latin-1' && said === undefined };
}

const marks: readonly { encoding: Encoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

interface FoundEncoding {
  encoding: Encoding;
  /** Bytes of the mark before the text. */
  mark: number;
  /** It can be read as it is. */
  isPlain: boolean;
}

async function encodingOf(path: string, said: CsvForm['encoding']): Promise<FoundEncoding> {
  const head = await firstBytes(path, 4);
  const marked = marks.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (marked !== undefined) return { encoding: marked.encoding, mark: marked.bytes.length, isPlain: false };
  if (said === 'latin-1') return { encoding: said, mark: 0, isPlain: false };
  const { isInUtf8, areEndsMixed } = await surveyText(path);
  if (isInUtf8) return { encoding: 'utf-8', mark: 0, isPlain: !areEndsMixed };
  if (said === 'utf-8') throw tableBroken(told`The file is not in UTF-8. Name its encoding, or leave it out.`);
  return { encoding: 'latin-1', mark: 0, isPlain: false };
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** Line by line, for a character can be cut anywhere else. Also looks for what no text has, in either encoding. */
async function surveyText(path: string): Promise<{ isInUtf8: boolean; areEndsMixed: boolean }> {
  const ends = createLineEndSurvey();
  let rest = Buffer.alloc(0);
  let isValid = true;
  let before = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: maxRowBytes }) as AsyncIterable<Buffer>) {
    const nothing = chunk.indexOf(0);
    if (nothing >= 0) throw tableBroken(isBinary, { line: await lineAt(path, before + nothing) });
    before += chunk.length;
    ends.look(chunk);
    const end = 1 + (chunk.includes(lineFeed) ? chunk.lastIndexOf(lineFeed) : chunk.lastIndexOf(carriageReturn));
    if (end === 0 && rest.length > maxRowBytes) throw tableTooLarge(told`A row is longer than 1 MiB.`);
    isValid &&= isUtf8(rest) || end === 0;
    const whole = Buffer.concat([rest, chunk.subarray(0, end)]);
    isValid &&= isUtf8(whole);
    rest = Buffer.concat([end === 0 ? rest : Buffer.alloc(0), chunk.subarray(end)]);
  }
  return { isInUtf8: isValid && isUtf8(rest), areEndsMixed: ends.areMixed() };
}

/** The number of the line that a byte is in. */
async function lineAt(path: string, place: number): Promise<number> {
  let line = 1;
  if (place === 0) return line;
  for await (const chunk of createReadStream(path, { end: place - 1 }) as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte === lineFeed) line += 1;
  }
  return line;
}

function streamDecoder(encoding: string): (bytes: Buffer) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => decoder.decode(bytes, { stream: true });
}
