import type { FoundTable } from './found-table.ts';

const fewestRows = 2;
/** Brackets that may begin a table; a text with more of them is something else. */
const mostBeginnings = 50;

/** The first array of objects, else the first lines of one object each. */
export function findJson(text: string): FoundTable | undefined {
  return findArray(text) ?? findLines(text);
}

function findArray(text: string): FoundTable | undefined {
  const beginnings = [...text.matchAll(/\[\s*\{/g)];
  for (const { index: start } of beginnings.slice(0, mostBeginnings)) {
    const end = endOfArray(text, start);
    if (end === undefined) continue;
    const content = text.slice(start, end);
    if (isTable(parse(content))) return { start, end, format: 'json', content };
  }
  return undefined;
}

/** Brackets within texts do not count. */
function endOfArray(text: string, start: number): number | undefined {
  const tokens = /"(?:[^"\\]|\\.)*"|[[\]]/gs;
  tokens.lastIndex = start;
  let depth = 0;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    if (match[0] === '[') depth += 1;
    if (match[0] === ']') depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return undefined;
}

function findLines(text: string): FoundTable | undefined {
  let start: number | undefined;
  let end = 0;
  let rows = 0;
  for (const { index, 0: line } of text.matchAll(/[^\n]+/g)) {
    const isRow = line.trim().startsWith('{') && isObject(parse(line));
    if (isRow) {
      start ??= index;
      end = index + line.length;
      rows += 1;
    } else if (start !== undefined && line.trim() !== '') break;
  }
  if (start === undefined || rows < fewestRows) return undefined;
  return { start, end, format: 'ndjson', content: text.slice(start, end) };
}

function isTable(value: unknown): boolean {
  return Array.isArray(value) && value.length >= fewestRows && value.every(isObject);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
