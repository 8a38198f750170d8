import { parse, type HTMLElement } from 'node-html-parser';
import type { ParsedDocument } from '../../../models/document.ts';
import { decodeText } from '../text/decode-text.ts';
import { createDocumentBuilder, type DocumentBuilder } from '../text/document-builder.ts';
import { dataTableOf } from './html-table.ts';
import { inlineElements, nameOf, textOf, visibleSteps } from './html-tree.ts';

/** The visible text of a page: headings become sections, rows of tables and items of lists become lines. */
export function readHtml(bytes: Uint8Array): ParsedDocument {
  return readHtmlText(decodeText(bytes));
}

export function readHtmlText(html: string): ParsedDocument {
  const root = parse(html.replace(declarations, ''), {
    comment: false,
    blockTextElements: { script: false, style: false },
  });
  const document = createDocumentBuilder();
  addBlocks(document, root);
  return document.finish({ title: titleOf(root) });
}

/** `<!doctype …>` and `<?xml …?>`, which the parser takes for text. */
const declarations = /<(?:!doctype|\?xml)[^<>]{0,1000}>/gi;

function addBlocks(document: DocumentBuilder, root: HTMLElement): void {
  let inline = '';
  let preformatted = 0;
  let listDepth = 0;
  let itemCount = 0;
  let bullet = '';

  function flush(): void {
    const text =
      preformatted > 0
        ? inline
        : inline
            .replace(/[^\S\n]+/g, ' ')
            .replace(/ ?\n ?/g, '\n')
            .trim();
    inline = '';
    if (text.trim() === '') return;
    // Items of one list are lines of one block.
    if (bullet !== '' && itemCount > 1) document.line(bullet + text);
    else document.paragraph(bullet + text);
    bullet = '';
  }

  let isAdded = false;
  // Asked after the element was handed out below, which may have added it as a whole.
  for (const step of visibleSteps(root, () => isAdded)) {
    isAdded = false;
    if (step.type === 'text') {
      inline += preformatted > 0 ? step.text : step.text.replace(/\s+/g, ' ');
      continue;
    }
    const { name, element } = step;
    const change = step.type === 'open' ? 1 : -1;
    if (name === 'br' && change === 1) inline += '\n';
    if (name === 'br' || inlineElements.has(name)) continue;
    flush();
    if (name === 'pre') preformatted += change;
    if (name === 'ul' || name === 'ol') {
      listDepth += change;
      if (listDepth === 0) itemCount = 0;
    }
    if (name === 'li') {
      bullet = change === 1 ? `${'  '.repeat(Math.min(Math.max(listDepth - 1, 0), deepestIndent))}- ` : '';
      itemCount += change === 1 ? 1 : 0;
    }
    if (change === 1) isAdded = addWhole(document, element);
  }
  flush();
}

const deepestIndent = 8;

/** Headings and tables of data are added as they are opened; their content is then stepped over. */
function addWhole(document: DocumentBuilder, element: HTMLElement): boolean {
  const heading = /^h([1-6])$/.exec(nameOf(element));
  if (heading !== null) document.heading(Number(heading[1]), textOf(element));
  const lines = nameOf(element) === 'table' ? dataTableOf(element) : null;
  lines?.forEach((line, index) => {
    if (index === 0) document.paragraph(line);
    else document.line(line);
  });
  return heading !== null || lines !== null;
}

function titleOf(root: HTMLElement): string | null {
  let firstHeading: string | null = null;
  const stack: HTMLElement[] = [root];
  for (let element = stack.pop(); element !== undefined; element = stack.pop()) {
    const name = nameOf(element);
    if (name === 'title' && element.text.trim() !== '') return element.text;
    if (name === 'h1') firstHeading ??= textOf(element) || null;
    if (name === 'svg') continue;
    for (const child of element.children.toReversed()) stack.push(child);
  }
  return firstHeading;
}
