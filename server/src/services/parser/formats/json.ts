import type { ParsedDocument } from '../../../models/document.ts';
import { decodeText } from '../text/decode-text.ts';
import { createDocumentBuilder, type DocumentBuilder } from '../text/document-builder.ts';
import { recordLine } from '../text/record-line.ts';
import { parseJsonTree, type JsonTree } from './json-tree.ts';

/**
 * Records, which are objects of simple values in a list, become lines `name: value; …` in a section named by their path;
 * everything else becomes lines `path: value`.
 */
export function readJson(bytes: Uint8Array): ParsedDocument {
  const tree = parseJsonTree(decodeText(bytes));
  const document = createDocumentBuilder();
  addTree(document, tree, []);
  return document.finish({ title: titleOf(tree) });
}

/** Recursion is safe: the tree is at most 100 levels deep. */
function addTree(document: DocumentBuilder, tree: JsonTree, path: readonly string[]): void {
  switch (tree.type) {
    case 'scalar':
      document.line(path.length === 0 ? tree.text : `${path.join('.')}: ${tree.text}`);
      return;
    case 'object':
      for (const { name, value } of tree.fields) addTree(document, value, [...path, name]);
      return;
    case 'array':
      addItems(document, tree.items, path);
  }
}

function addItems(document: DocumentBuilder, items: readonly JsonTree[], path: readonly string[]): void {
  if (items.length > 0 && items.every((item) => item.type === 'scalar')) {
    addTree(document, { type: 'scalar', text: items.map((item) => item.text).join(', ') }, path);
    return;
  }
  if (path.length > 0 && items.length > 0) document.section(path);
  for (const [index, item] of items.entries()) {
    const fields = simpleFields(item);
    if (fields === null) addTree(document, item, [...path, String(index + 1)]);
    else document.line(recordLine(fields.names, fields.values));
  }
}

/** Names and values of an object without nesting but lists of simple values. */
function simpleFields(tree: JsonTree): { names: string[]; values: string[] } | null {
  if (tree.type !== 'object') return null;
  const values: string[] = [];
  for (const { value } of tree.fields) {
    if (value.type === 'scalar') values.push(value.text);
    else if (value.type === 'array' && value.items.every((item) => item.type === 'scalar')) {
      values.push(value.items.map((item) => item.text).join(', '));
    } else return null;
  }
  return { names: tree.fields.map((field) => field.name), values };
}

function titleOf(tree: JsonTree): string | null {
  if (tree.type !== 'object') return null;
  const field = tree.fields.find(({ name }) => /^(?:title|t[ií]tulo)$/i.test(name));
  return field?.value.type === 'scalar' ? field.value.text : null;
}
