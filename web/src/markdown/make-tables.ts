import type { Element, ElementContent, Root, RootContent, Text } from 'hast';

type Line = readonly ElementContent[];

const ruleCell = /^:?-+:?$/;

/**
 * A rehype plugin: makes tables of what GitHub's Markdown takes for them, which is a paragraph for plain Markdown: a
 * line of names between `|`, one of `---` for as many columns, and lines of cells.
 */
export function makeTables() {
  return (tree: Root): void => {
    tree.children = tree.children.flatMap(inChild);
  };
}

function inChild(child: RootContent): RootContent[] {
  if (child.type !== 'element') return [child];
  if (child.tagName === 'p') return inParagraph(child);
  return [{ ...child, children: child.children.flatMap((each) => inChild(each) as ElementContent[]) }];
}

function inParagraph(paragraph: Element): Element[] {
  const lines = linesOf(paragraph.children);
  const rule = lines.findIndex((line, index) => index > 0 && isRule(line, lines[index - 1] ?? []));
  if (rule === -1) return [paragraph];
  const before = lines.slice(0, rule - 1).flatMap((line, index) => (index === 0 ? line : [lineBreak, ...line]));
  const [header = [], , ...rows] = lines.slice(rule - 1);
  const table = tableOf(header, rows);
  return before.length === 0 ? [table] : [{ ...paragraph, children: before }, table];
}

const lineBreak: Text = { type: 'text', value: '\n' };

/** Whether the line is the one below the names of as many columns. */
function isRule(line: Line, header: Line): boolean {
  const cells = cellsOf(line);
  if (cells.length !== cellsOf(header).length || splitTexts(line, '|').length === 1) return false;
  return cells.every(([only, ...more]) => more.length === 0 && only?.type === 'text' && ruleCell.test(only.value));
}

function tableOf(header: Line, rows: readonly Line[]): Element {
  const names = cellsOf(header);
  const body = rows.map((row) => {
    const cells = cellsOf(row);
    return element(
      'tr',
      names.map((_name, column) => element('td', cells[column] ?? [])),
    );
  });
  const head = element(
    'tr',
    names.map((name) => element('th', name)),
  );
  return element('table', [element('thead', [head]), ...(body.length === 0 ? [] : [element('tbody', body)])]);
}

function linesOf(children: readonly ElementContent[]): Line[] {
  return splitTexts(children, '\n');
}

/** What stands between the edges of a row; those at its beginning and end enclose it. */
function cellsOf(row: Line): Line[] {
  const cells = splitTexts(row, '|');
  const isEmpty = (cell: Line | undefined): boolean =>
    cell?.every((each) => each.type === 'text' && each.value.trim() === '') ?? true;
  const from = cells.length > 1 && isEmpty(cells[0]) ? 1 : 0;
  const to = cells.length > 1 && isEmpty(cells.at(-1)) ? cells.length - 1 : cells.length;
  return cells.slice(from, to).map((cell) => cell.map(trimmed));
}

/** Cuts texts where the mark stands; each piece keeps its place in what was written. */
function splitTexts(children: readonly ElementContent[], mark: string): ElementContent[][] {
  const parts: ElementContent[][] = [[]];
  for (const child of children) {
    if (child.type !== 'text') {
      parts.at(-1)?.push(child);
      continue;
    }
    let from = 0;
    for (const value of child.value.split(mark)) {
      if (from > 0) parts.push([]);
      parts.at(-1)?.push(...piece(child, from, from + value.length));
      from += value.length + mark.length;
    }
  }
  return parts;
}

function piece(text: Text, from: number, to: number): Text[] {
  if (from === to) return [];
  const { value, position } = text;
  const [start, end] = [position?.start, position?.end];
  const isVerbatim =
    start?.offset !== undefined && end?.offset !== undefined && end.offset - start.offset === value.length;
  // Where escapes made the text shorter, a piece counts as standing where all of it does.
  if (start?.offset === undefined || end === undefined || !isVerbatim)
    return [{ ...text, value: value.slice(from, to) }];
  const place = {
    start: { ...start, offset: start.offset + from },
    end: { ...end, offset: start.offset + to },
  };
  return [{ type: 'text', value: value.slice(from, to), position: place }];
}

/** Space around a cell, which a table shows by itself, is no part of its text. */
function trimmed(cell: ElementContent, index: number, cells: readonly ElementContent[]): ElementContent {
  if (cell.type !== 'text') return cell;
  const from = index === 0 ? cell.value.length - cell.value.trimStart().length : 0;
  const to = index === cells.length - 1 ? cell.value.trimEnd().length : cell.value.length;
  return piece(cell, from, Math.max(from, to))[0] ?? { type: 'text', value: '' };
}

function element(tagName: string, children: readonly ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children: [...children] };
}
