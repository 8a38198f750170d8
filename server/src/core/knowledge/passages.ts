import { setImmediate } from 'node:timers/promises';
import type { PageStart, ParsedDocument } from '../../models/document.ts';
import type { Language } from '../../models/language.ts';
import type { Passage } from '../../models/passage.ts';
import { unitsOf, type Unit } from './units.ts';

/** What the passages of one revision of a document have in common. */
export interface PassageContext {
  documentId: string;
  revision: number;
  collection: string;
  title: string;
  language: Language;
}

/**
 * Long enough to answer from, short enough for several in one prompt: among passages of 60 to 500 words, those of 120 to
 * 200 kept the answer inside a budget of 1,000 words most often.
 */
const targetWords = 180;
/** No passage is heavier: about 450 tokens of Portuguese, below the 512 that small embedding models read. */
const mostWords = 240;
/** Whole sentences of up to this many words are repeated at the beginning of the next passage. */
const overlapWords = Math.round(targetWords * 0.15);
/** A passage of this size ends with its paragraph, or before a subsection. */
const enoughAtParagraph = 140;
const enoughAtSection = 60;
/** The last words of a paragraph or section, added to a passage that is full rather than left to the next one. */
const shortRest = 40;

/**
 * Cuts a document into passages where sections, paragraphs or sentences end, in that order of preference. `text` is
 * always `parsed.text.slice(start, end)`; every character but white space is in at least one passage; a sentence longer
 * than a passage is cut between words, a longer word inside. Linear in the length of the text.
 */
export function splitPassages(parsed: ParsedDocument, context: PassageContext): Passage[] {
  return passagesOf([...unitsOf(parsed, { language: context.language, heaviest: targetWords })], parsed, context);
}

/** Units looked at in one turn of the event loop: some milliseconds. */
const unitsPerTurn = 5_000;

/** As `splitPassages`, but lets others run in between: a document of 2,000 pages takes longer than a request should wait. */
export async function splitPassagesInTurns(parsed: ParsedDocument, context: PassageContext): Promise<Passage[]> {
  const units: Unit[] = [];
  for (const unit of unitsOf(parsed, { language: context.language, heaviest: targetWords })) {
    units.push(unit);
    if (units.length % unitsPerTurn === 0) await setImmediate();
  }
  return passagesOf(units, parsed, context);
}

function passagesOf(units: readonly Unit[], parsed: ParsedDocument, context: PassageContext): Passage[] {
  let pageIndex = -1;
  return packUnits(units).map((range, ordinal) => {
    const members = units.slice(range.first, range.end);
    const start = members[0]?.start ?? 0;
    const end = members.at(-1)?.end ?? start;
    while ((parsed.pages[pageIndex + 1]?.start ?? Infinity) <= start) pageIndex += 1;
    return {
      id: `${context.documentId}:${context.revision}:${ordinal}`,
      documentId: context.documentId,
      revision: context.revision,
      ordinal,
      collection: context.collection,
      title: context.title,
      section: sharedPath(members),
      text: parsed.text.slice(start, end),
      start,
      end,
      page: parsed.pages[pageIndex]?.number ?? null,
      pageBreaks: pagesWithin(parsed.pages, { first: pageIndex + 1, end }),
      language: context.language,
    };
  });
}

/** The pages from `first` on that begin before `end`. */
function pagesWithin(
  pages: ParsedDocument['pages'],
  { first, end }: { first: number; end: number },
): readonly PageStart[] {
  let last = first;
  while ((pages[last]?.start ?? Infinity) < end) last += 1;
  return pages.slice(first, last);
}

/** Of units: from `first`, up to but without `end`. */
interface UnitRange {
  first: number;
  end: number;
}

function packUnits(units: readonly Unit[]): UnitRange[] {
  const ranges: UnitRange[] = [];
  let first = 0;
  let weight = 0;
  for (const [index, unit] of units.entries()) {
    if (index > first && isFull(units, { first, end: index }, weight)) {
      const end = beforeTrailingHeadings(units, { first, end: index });
      ranges.push({ first, end });
      first = end < index || unit.boundary !== null ? end : overlapStart(units, { first, end });
      weight = weightOf(units, { first, end: index });
    }
    weight += unit.weight;
  }
  if (first < units.length) ranges.push({ first, end: units.length });
  return ranges;
}

/** Whether a passage of these units ends before the next unit. */
function isFull(units: readonly Unit[], range: UnitRange, weight: number): boolean {
  const next = units[range.end];
  const last = units[range.end - 1];
  if (next === undefined || last === undefined) return false;
  if (weight + next.weight > mostWords) return true;
  // A heading stays with the text below it.
  if (last.isHeading && units.slice(range.first, range.end).every((unit) => unit.isHeading)) return false;
  if (next.boundary === 'top-section') return true;
  if (next.boundary === 'section' && weight >= enoughAtSection) return true;
  if (last.endsParagraph && weight >= enoughAtParagraph) return !isShortRest(units, range.end, 'section');
  if (weight + next.weight <= targetWords) return false;
  return !isShortRest(units, range.end, last.endsParagraph ? 'section' : 'paragraph');
}

/** Whether so little is left of the section or paragraph that it is better added than begun a passage with. */
function isShortRest(units: readonly Unit[], from: number, of: 'section' | 'paragraph'): boolean {
  let weight = 0;
  for (let index = from; index < units.length && weight <= shortRest; index += 1) {
    const unit = units[index];
    if (unit === undefined || (index > from && unit.boundary !== null)) break;
    weight += unit.weight;
    if (of === 'paragraph' && unit.endsParagraph) break;
  }
  return weight <= shortRest;
}

function beforeTrailingHeadings(units: readonly Unit[], { first, end }: UnitRange): number {
  let kept = end;
  while (kept > first && units[kept - 1]?.isHeading === true) kept -= 1;
  return kept > first ? kept : end;
}

/** Where the sentences begin that the next passage repeats; a passage never repeats one that only repeats. */
function overlapStart(units: readonly Unit[], { first, end }: UnitRange): number {
  let start = end;
  let weight = 0;
  while (start > first + 1) {
    const unit = units[start - 1];
    if (unit === undefined || weight + unit.weight > overlapWords) break;
    weight += unit.weight;
    start -= 1;
    if (unit.boundary !== null) break;
  }
  return start;
}

function weightOf(units: readonly Unit[], { first, end }: UnitRange): number {
  let weight = 0;
  for (let index = first; index < end; index += 1) weight += units[index]?.weight ?? 0;
  return weight;
}

/** The headings that stand above all of the units. */
function sharedPath(units: readonly Unit[]): readonly string[] {
  let shared = units[0]?.path ?? [];
  for (const { path } of units) {
    if (path === shared) continue;
    const differs = shared.findIndex((heading, depth) => path[depth] !== heading);
    if (differs >= 0) shared = shared.slice(0, differs);
  }
  return shared;
}
