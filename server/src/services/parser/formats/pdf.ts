import { getDocumentProxy } from 'unpdf';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ParsedDocument } from '../../../models/document.ts';
import { maxPages, maxTextLength } from '../limits.ts';
import { headingLevels } from '../pdf/headings.ts';
import { linesOf, type PdfLine, type PdfTextItem } from '../pdf/lines.ts';
import { goesOnOverleaf, paragraphsOf } from '../pdf/paragraphs.ts';
import { withoutRunningHeads } from '../pdf/running-heads.ts';
import { createDocumentBuilder, type DocumentBuilder } from '../text/document-builder.ts';

/** The text of each page, with paragraphs and words joined again, and headings told by the size of their letters. */
export async function readPdf(bytes: Uint8Array): Promise<ParsedDocument> {
  const pdf = await openPdf(bytes);
  try {
    return await readOpenPdf(pdf);
  } finally {
    await pdf.destroy();
  }
}

async function readOpenPdf(pdf: Pdf): Promise<ParsedDocument> {
  if (pdf.numPages > maxPages) {
    throw new AppError('document_too_expensive', { detail: told`The PDF has more than ${maxPages} pages; split it.` });
  }
  const pages = withoutRunningHeads(await readPages(pdf));
  const levelOf = headingLevels(pages);
  const document = createDocumentBuilder();
  let last: PdfLine | undefined;
  for (const [index, lines] of pages.entries()) {
    document.page(index + 1);
    for (const block of blocksOf(lines, levelOf)) {
      addBlock(document, block, goesOnOverleaf(last, lines[0]) && block.lines[0] === lines[0]);
    }
    last = lines.at(-1) ?? last;
  }
  return document.finish({
    title: await titleOf(pdf, pages.flat().find((line) => levelOf(line) === 1)?.text ?? null),
    emptyDetail: told`The PDF has ${pdf.numPages} pages without text: it may be a scan. Recognise its text (OCR) and send it again.`,
  });
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Silent: what pdf.js would print is of no use to anybody here. */
const verbosity = 0;

async function openPdf(bytes: Uint8Array): Promise<Pdf> {
  try {
    return await getDocumentProxy(bytes, { verbosity, isEvalSupported: false, enableXfa: false });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new AppError('document_encrypted', {
        detail: told`Remove the password and send the file again.`,
        cause: error,
      });
    }
    throw new AppError('document_broken', { detail: told`The PDF is damaged.`, cause: error });
  }
}

async function readPages(pdf: Pdf): Promise<PdfLine[][]> {
  const pages: PdfLine[][] = [];
  let length = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const lines = linesOf(items as PdfTextItem[]);
    for (const line of lines) length += line.text.length;
    if (length > maxTextLength)
      throw new AppError('document_too_expensive', { detail: told`The PDF has too much text.` });
    pages.push(lines);
    page.cleanup();
  }
  return pages;
}

/** Neighbouring lines of one level. */
interface Block {
  level: number;
  lines: PdfLine[];
}

function addBlock(document: DocumentBuilder, { level, lines }: Block, goesOn: boolean): void {
  const paragraphs = paragraphsOf(lines);
  if (level > 0) document.heading(level, paragraphs.join(' '));
  else {
    for (const [index, paragraph] of paragraphs.entries()) {
      if (index === 0 && goesOn) document.continuation(paragraph);
      else document.paragraph(paragraph);
    }
  }
}

function blocksOf(lines: readonly PdfLine[], levelOf: (line: PdfLine) => number): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const level = levelOf(line);
    const block = blocks.at(-1);
    if (block?.level === level) block.lines.push(line);
    else blocks.push({ level, lines: [line] });
  }
  return blocks;
}

/** What programs write into the title when nobody gave one. */
const uselessTitle = /^(?:untitled|sem t[ií]tulo|microsoft \w+ - .*|.*\.(?:docx?|xlsx?|pptx?|odt|indd|tex|dvi))$/i;

async function titleOf(pdf: Pdf, firstHeading: string | null): Promise<string | null> {
  const { info } = await pdf.getMetadata();
  const title: unknown = 'Title' in info ? info.Title : null;
  const isUseful = typeof title === 'string' && title.trim() !== '' && !uselessTitle.test(title.slice(0, 500).trim());
  return isUseful ? title : firstHeading;
}
