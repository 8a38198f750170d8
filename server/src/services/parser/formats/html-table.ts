import type { HTMLElement } from 'node-html-parser';
import { recordLine } from '../text/record-line.ts';
import { nameOf, textOf, visibleSteps } from './html-tree.ts';

/** More text than this in one cell is layout, not data. */
const longestCell = 600;

interface Cell {
  text: string;
  isHeader: boolean;
}

/** The rows of a table as lines; null for a table that only lays out a page, whose cells are blocks like any other. */
export function dataTableOf(table: HTMLElement): readonly string[] | null {
  const rows: Cell[][] = [];
  const captions: string[] = [];
  for (const step of visibleSteps(table, isTakenWhole)) {
    // Text outside of cells does not belong there, but is shown.
    if (step.type === 'text') captions.push(step.text.replace(/\s+/g, ' ').trim());
    if (step.type !== 'open') continue;
    if (layoutElements.has(step.name)) return null;
    if (step.name === 'tr') rows.push([]);
    if (step.name === 'caption') captions.push(textOf(step.element));
    if (step.name === 'td' || step.name === 'th') {
      if (containsLayout(step.element)) return null;
      const text = textOf(step.element);
      if (text.length > longestCell) return null;
      if (rows.length === 0) rows.push([]);
      rows.at(-1)?.push({ text, isHeader: step.name === 'th' || isBold(step.element, text) });
    }
  }
  if (rows.every((row) => row.length < 2)) return null;
  return [...captions, ...linesOf(rows.filter((row) => row.length > 0))].filter((line) => line !== '');
}

const wholeElements: ReadonlySet<string> = new Set(['td', 'th', 'caption']);
const layoutElements: ReadonlySet<string> = new Set(['table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre']);

function isTakenWhole(element: HTMLElement): boolean {
  return wholeElements.has(nameOf(element));
}

function containsLayout(cell: HTMLElement): boolean {
  for (const step of visibleSteps(cell)) {
    if (step.type === 'open' && layoutElements.has(step.name)) return true;
  }
  return false;
}

function linesOf(rows: readonly Cell[][]): string[] {
  const first = rows[0] ?? [];
  const named = rows.length > 1 && first.length > 1 && first.every((cell) => cell.isHeader || cell.text === '');
  const names = named ? first.map((cell) => cell.text) : [];
  return rows.slice(named ? 1 : 0).map((row) => {
    const cells = row.map((cell) => cell.text);
    if (row.length === names.length) return recordLine(names, cells);
    const [label, ...values] = row;
    if (label?.isHeader === true && values.length > 0 && values.every((cell) => !cell.isHeader)) {
      return recordLine([label.text], [cells.slice(1).join(' | ')]);
    }
    return recordLine(null, cells);
  });
}

/** Word processors mark the names of columns by bold letters only. */
function isBold(cell: HTMLElement, text: string): boolean {
  let bold = 0;
  let depth = 0;
  for (const step of visibleSteps(cell)) {
    if (step.type === 'text') bold += depth > 0 ? step.text.trim().length : 0;
    else if (step.name === 'b' || step.name === 'strong') depth += step.type === 'open' ? 1 : -1;
  }
  return text !== '' && bold >= text.replace(/\s/g, '').length;
}
