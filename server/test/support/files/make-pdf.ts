import { deflateSync } from 'node:zlib';

export interface PdfText {
  text: string;
  /** In points, from the left and lower edge of the page. */
  x: number;
  y: number;
  size?: number;
}

export interface PdfOptions {
  title?: string;
  /** Extra entries of the trailer, such as `/Encrypt …`. */
  trailer?: string;
  /** Extra entries of the dictionary of pages. */
  pages?: string;
}

/** A PDF of pages with text in Helvetica. */
export function makePdf(pages: readonly (readonly PdfText[])[], options: PdfOptions = {}): Buffer {
  return makeRawPdf(
    pages.map((texts) => Buffer.from(texts.map(drawText).join('\n'), 'latin1')),
    options,
  );
}

/** Lines of text from the top of a page downwards. */
export function pdfLines(
  lines: readonly string[],
  { size = 10, top = 780 }: { size?: number; top?: number } = {},
): PdfText[] {
  return lines.map((text, index) => ({ text, x: 72, y: top - index * size * 1.2, size }));
}

/** A PDF of pages that draw by the given content streams, compressed. */
export function makeRawPdf(contents: readonly Uint8Array[], options: PdfOptions = {}): Buffer {
  const pageNumbers = contents.map((_, index) => firstPageObject + index * 2);
  const objects: Buffer[] = [
    object(1, '<< /Type /Catalog /Pages 2 0 R >>'),
    object(
      2,
      `<< /Type /Pages /Count ${contents.length} /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(' ')}] ${options.pages ?? ''} >>`,
    ),
    object(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
    object(4, `<< ${options.title === undefined ? '' : `/Title (${options.title})`} >>`),
  ];
  for (const [index, content] of contents.entries()) {
    const number = pageNumbers[index] ?? 0;
    objects.push(
      object(
        number,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${number + 1} 0 R >>`,
      ),
      stream(number + 1, content),
    );
  }
  return assemble(objects, options.trailer ?? '');
}

const firstPageObject = 5;

function drawText({ text, x, y, size = 10 }: PdfText): string {
  return `BT /F1 ${size} Tf ${x} ${y} Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`;
}

function object(number: number, content: string): Buffer {
  return Buffer.from(`${number} 0 obj\n${content}\nendobj\n`, 'latin1');
}

function stream(number: number, content: Uint8Array): Buffer {
  const data = deflateSync(content);
  return Buffer.concat([
    Buffer.from(`${number} 0 obj\n<< /Length ${data.length} /Filter /FlateDecode >>\nstream\n`, 'latin1'),
    data,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
}

function assemble(objects: readonly Buffer[], trailer: string): Buffer {
  const header = Buffer.from('%PDF-1.7\n', 'latin1');
  const offsets: number[] = [];
  let offset = header.length;
  for (const each of objects) {
    offsets.push(offset);
    offset += each.length;
  }
  const table = offsets.map((each) => `${String(each).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R ${trailer} >>\nstartxref\n${offset}\n%%EOF\n`;
  return Buffer.concat([header, ...objects, Buffer.from(end, 'latin1')]);
}
