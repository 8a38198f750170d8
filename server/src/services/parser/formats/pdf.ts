import { getDocumentProxy } from 'unpdf';
import { AppError } from '../../../errors/app-error.ts';
import type { ParsedDocument } from '../../../models/document.ts';
import { maxPages } from '../limits.ts';
import { createDocumentBuilder } from '../text/document-builder.ts';

export async function readPdf(bytes: Uint8Array): Promise<ParsedDocument> {
  const pdf = await getDocumentProxy(bytes, { isEvalSupported: false });
  if (pdf.numPages > maxPages) throw new AppError('document_too_expensive');
  const document = createDocumentBuilder();
  for (let number = 1; number <= pdf.numPages; number += 1) {
    document.page(number);
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    document.paragraph(
      items
        .map((item: { str: string; hasEOL: boolean }) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
        .join(''),
    );
    page.cleanup();
  }
  return document.finish({ title: null });
}
