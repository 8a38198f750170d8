import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';

/**
 * The text in a file of unknown encoding: UTF-8 or UTF-16 by their mark, UTF-16 by the zero bytes of its letters, else
 * UTF-8, else Windows-1252, which has a character for every byte that occurs in a text.
 * Throws `document_broken` when no encoding makes it text.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = markedEncoding(bytes) ?? utf16WithoutMark(bytes);
  if (encoding !== null) return decode(bytes, encoding) ?? fail(told`The file is not valid text in its encoding.`);
  const utf8 = decode(bytes, 'utf-8');
  if (utf8 !== null) return utf8.includes('\0') ? fail(told`The file contains binary data.`) : utf8;
  if (hasControlBytes(bytes)) fail(told`The file contains binary data, or text in an unknown encoding.`);
  return decodeWindows1252(bytes);
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const sampleBytes = 4096;
/** Of the letters of European texts in UTF-16, nearly every other byte is zero. */
const utf16ZeroShare = 0.4;

function markedEncoding(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function utf16WithoutMark(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, sampleBytes);
  if (sample.length < 4 || bytes.length % 2 !== 0) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) evenZeros += 1;
    else oddZeros += 1;
  }
  if (oddZeros > sample.length * utf16ZeroShare && evenZeros === 0) return 'utf-16le';
  if (evenZeros > sample.length * utf16ZeroShare && oddZeros === 0) return 'utf-16be';
  return null;
}

function decode(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The characters of the bytes 0x80 to 0x9f, where Windows-1252 differs from Latin-1; five have none. */
const windows1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** By hand: `TextDecoder` of Node 20 takes Windows-1252 for Latin-1. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? '');
}

/** Text has no controls but tab, line and page breaks and escape. */
function hasControlBytes(bytes: Uint8Array): boolean {
  return bytes.some(
    (byte) => (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) || windows1252[byte - 0x80] === '\0',
  );
}

function fail(detail: Told): never {
  throw new AppError('document_broken', { detail });
}
