import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { maxJsonDepth } from '../limits.ts';

/** Numbers keep the digits they were written with: a quotation must not say 0.1 for 0.10, or round a long number. */
export type JsonTree =
  | { type: 'scalar'; text: string }
  | { type: 'array'; items: JsonTree[] }
  | { type: 'object'; fields: { name: string; value: JsonTree }[] };

/** Throws `document_broken` for what `JSON.parse` refuses, and for deeper nesting than 100. */
export function parseJsonTree(text: string): JsonTree {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AppError('document_broken', { detail: told`The file is not valid JSON.`, cause: error });
  }
  return buildTree(text);
}

/** Valid JSON is a sequence of tokens whose nesting is the tree. */
function buildTree(text: string): JsonTree {
  const root: JsonTree & { type: 'array' } = { type: 'array', items: [] };
  const open: (JsonTree & { type: 'array' | 'object' })[] = [root];
  let name: string | null = null;

  function add(value: JsonTree): void {
    const parent = open.at(-1);
    if (parent?.type === 'array') parent.items.push(value);
    else if (parent?.type === 'object') parent.fields.push({ name: name ?? '', value });
    name = null;
  }

  for (const token of tokensOf(text)) {
    if (token === '}' || token === ']') open.pop();
    else if (token === '{' || token === '[') {
      const value: JsonTree = token === '{' ? { type: 'object', fields: [] } : { type: 'array', items: [] };
      add(value);
      open.push(value);
      if (open.length > maxJsonDepth) {
        throw new AppError('document_broken', { detail: told`The JSON is nested deeper than ${maxJsonDepth} levels.` });
      }
    } else {
      const content = token.startsWith('"') ? String(JSON.parse(token)) : token;
      if (name === null && open.at(-1)?.type === 'object') name = content;
      else add({ type: 'scalar', text: content });
    }
  }
  return root.items[0] ?? { type: 'scalar', text: '' };
}

/** Brackets, strings with their quotes, numbers and words; commas and colons only separate them. */
function* tokensOf(text: string): Generator<string> {
  const word = /[^\s,:[\]{}"]+/y;
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if ('{}[]'.includes(character)) {
      yield character;
      at += 1;
    } else if (character === '"') {
      const end = stringEnd(text, at);
      yield text.slice(at, end);
      at = end;
    } else {
      word.lastIndex = at;
      const scalar = word.exec(text)?.[0] ?? '';
      if (scalar !== '') yield scalar;
      at += Math.max(1, scalar.length);
    }
  }
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x5c) at += 1;
    else if (character === 0x22) return at + 1;
  }
  return text.length;
}
