import type { ParsedDocument } from '../../../models/document.ts';
import { decodeText } from '../text/decode-text.ts';
import { createDocumentBuilder } from '../text/document-builder.ts';

export function readPlainText(bytes: Uint8Array): ParsedDocument {
  const document = createDocumentBuilder();
  document.paragraph(decodeText(bytes));
  return document.finish({ title: null });
}
