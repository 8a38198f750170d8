import mammoth from 'mammoth';
import type { ParsedDocument } from '../../../models/document.ts';
import { checkOfficeArchive } from '../zip/check-office-archive.ts';
import { readHtmlText } from './html.ts';

/** Pictures are left out; only the style called Title is added to what is a heading anyway. */
const options = {
  styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Título'] => h1:fresh"],
  includeEmbeddedStyleMap: false,
  externalFileAccess: false,
  convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
};

/** Headings, lists, tables and notes of a Word file, by way of HTML. */
export async function readDocx(bytes: Uint8Array): Promise<ParsedDocument> {
  await checkOfficeArchive(bytes);
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
    options,
  );
  return readHtmlText(value.replace(noteMarks, ''));
}

/** `[1]` where a note is referred to, which would pass for a citation, and the arrow from the note back to it. */
const noteMarks = /<sup><a [^<>]{0,200}>\[\d{1,5}\]<\/a><\/sup>|<a href="#[^"<>]{0,100}-ref-\d{1,5}">↑<\/a>/g;
