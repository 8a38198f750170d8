import { describe, expect, it } from 'vitest';
import { mediaTypeOf, supportedMediaTypes } from '../../src/core/knowledge/media-type.ts';
import { docxParagraph, makeDocx, makeXlsx } from '../support/files/make-office.ts';
import { makePdf, pdfLines } from '../support/files/make-pdf.ts';
import { makeZip } from '../support/files/make-zip.ts';

const pdf = makePdf([pdfLines(['Prazo'])]);
const docx = makeDocx(docxParagraph({ text: 'Prazo' }));
const xlsx = makeXlsx({ A: [['Prazo']] });
const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const text = Buffer.from('Manaus;12');

const codeOf = (...[declared, fileName, bytes]: [string | null, string | null, Uint8Array]): unknown => {
  try {
    return mediaTypeOf({ declared, fileName, bytes });
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

describe('mediaTypeOf', () => {
  it.each<[string | null, string | null, Uint8Array, string]>([
    // Binary formats: by content, whatever they are called.
    ['application/pdf', 'a.pdf', pdf, 'application/pdf'],
    ['text/plain', 'a.txt', pdf, 'application/pdf'],
    [null, null, pdf, 'application/pdf'],
    ['application/pdf', null, Buffer.concat([Buffer.from('\n\n'), pdf]), 'application/pdf'],
    ['text/plain', 'formatos.txt', Buffer.from('Um PDF começa com %PDF-1.7.'), 'text/plain'],
    ['application/octet-stream', 'a.docx', docx, docxType],
    ['application/zip', null, docx, docxType],
    [docxType, 'a.docx', xlsx, xlsxType],
    // Text formats: by the declared type, then the name.
    ['text/csv; charset=utf-8', 'a.txt', text, 'text/csv'],
    ['text/plain', 'a.CSV', text, 'text/csv'],
    ['application/vnd.ms-excel', 'a.csv', text, 'text/csv'],
    ['application/octet-stream', 'leia-me.md', text, 'text/markdown'],
    ['TEXT/HTML', null, text, 'text/html'],
    ['application/xhtml+xml', null, text, 'text/html'],
    [null, 'dados.json', text, 'application/json'],
    [null, null, text, 'text/plain'],
    ['', '', text, 'text/plain'],
    ['text/plain', 'sem extensão', text, 'text/plain'],
    ['text/plain', 'BM.txt', Buffer.from('BMW e MZ são siglas.'), 'text/plain'],
  ])('%j named %j', (...[declared, fileName, bytes, expected]) => {
    expect(codeOf(declared, fileName, bytes)).toBe(expected);
    expect(supportedMediaTypes).toContain(expected);
  });

  it.each<[string, string | null, string | null, Uint8Array]>([
    ['a picture', 'image/png', 'a.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1')],
    ['a picture called text', 'text/plain', 'a.txt', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1')],
    ['a program', 'application/octet-stream', null, Buffer.from('\x7fELF\x02\x01\x01\0\0', 'latin1')],
    ['an archive', 'application/zip', 'a.zip', makeZip([{ name: 'a.txt', content: 'a' }])],
    ['an old Word file', 'application/msword', 'a.doc', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1')],
    ['RTF', 'text/plain', 'a.rtf', Buffer.from('{\\rtf1 prazo}')],
    ['text called PDF', 'application/pdf', 'a.pdf', text],
    ['text called docx', null, 'a.docx', text],
    ['a type that is not read', 'audio/mpeg', 'a.mp3', text],
  ])('refuses %s', (...[, declared, fileName, bytes]) => {
    expect(codeOf(declared, fileName, bytes)).toBe('unsupported_document');
  });

  it('knows an Office file behind a password, which hides in the old container', () => {
    const bytes = Buffer.concat([
      Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(codeOf(docxType, 'a.docx', bytes)).toBe('document_encrypted');
  });
});
