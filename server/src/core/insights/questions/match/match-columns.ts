import type { ColumnProfile, TableProfile } from '../../../../models/insight.ts';
import { wordsOfName, wordSet } from '../../profile/column-words.ts';
import type { QuestionText } from '../words/question-text.ts';
import { keysOf, ownKeysOf, shareKey } from '../words/word-keys.ts';

/** Words that a name may have and a question leave out, and the other way round. */
const optionalWords =
  wordSet(`valor total value amount nome name r us em de da do das dos of the in at on geral unitario
  unitaria unit id brl usd eur reais pct percent percentual kg g t km m mm cm mwh kwh ms min h hours horas days dias`);
const connectors = wordSet('de da do das dos of the');

export interface ColumnMatch {
  from: number;
  to: number;
  /** More than one: the words fit them equally well. */
  columns: readonly ColumnProfile[];
}

interface Candidate {
  column: ColumnProfile;
  from: number;
  to: number;
  /** Words of the question that it explains. */
  words: number;
  /** Words of its name that the question leaves out. */
  leftOut: number;
  isOwn: boolean;
}

/**
 * Marks the columns that a question names, in the order of the result: measures with `@cm0`, what groups rows or names
 * things with `@cd1`, what is true or false with `@cb2`, days with `@ct3`. The table is marked with `@t`.
 */
export function matchColumns(question: QuestionText, table: TableProfile): ColumnMatch[] {
  const matches: ColumnMatch[] = [];
  const columns = table.columns.filter(({ role, pii }) => role !== 'ignore' || pii);
  for (let from = 0; from < question.tokens.length; from += 1) {
    if (!question.isOpen(from)) continue;
    const best = bestOf(columns.flatMap((column) => candidatesAt(question, { column, from })));
    if (best.length === 0) continue;
    const to = best[0]?.to ?? from;
    question.mark({ from, to }, `${markOf(best[0]?.column)}${String(matches.length)}`);
    matches.push({ from, to, columns: best.map(({ column }) => column) });
  }
  markTable(question, table.name);
  return matches;
}

function markOf(column: ColumnProfile | undefined): string {
  if (column?.type === 'BOOLEAN') return '@cb';
  if (column?.role === 'measure') return '@cm';
  return column?.role === 'time' ? '@ct' : '@cd';
}

/** Columns whose names have one of the words, and more that the question does not say. */
export function similarColumns(words: readonly string[], table: TableProfile): ColumnProfile[] {
  const keys = words.flatMap((word) => keysOf(word));
  return table.columns.filter(
    ({ name, role, pii }) =>
      role !== 'ignore' && !pii && wordsOfName(name).some((word) => shareKey(keysOf(word), keys)),
  );
}

function candidatesAt(question: QuestionText, { column, from }: { column: ColumnProfile; from: number }): Candidate[] {
  const names = [wordsOfName(column.name), wordsOfName(column.description ?? '')];
  return names.flatMap((name): Candidate[] => {
    const found = name.length === 0 ? null : cover(question, { name, from, keys: ownKeysOf });
    if (found !== null) return [{ column, from, ...found, isOwn: true }];
    const other = name.length === 0 ? null : cover(question, { name, from, keys: keysOf });
    return other === null ? [] : [{ column, from, ...other, isOwn: false }];
  });
}

/** How far the words from there on are words of the name, all of which must come but those that may be left out. */
function cover(
  question: QuestionText,
  { name, from, keys }: { name: readonly string[]; from: number; keys: (word: string) => string[] },
): { to: number; words: number; leftOut: number } | null {
  const missing = new Set(name.keys());
  let to = -1;
  for (let index = from; index < question.tokens.length && question.isOpen(index); index += 1) {
    const word = question.tokens[index]?.folded ?? '';
    const place = [...missing].find((each) => shareKey(keys(word), keys(name[each] ?? '')));
    if (place !== undefined) {
      missing.delete(place);
      to = index;
    } else if (!connectors.has(word) || index === from) break;
  }
  const leftOut = [...missing].map((place) => name[place] ?? '');
  const required = leftOut.filter((word) => !optionalWords.has(word));
  // Of a name that consists of such words alone, all are wanted.
  if (to < 0 || required.length > 0 || (isOptionalOnly(name) && leftOut.length > 0)) return null;
  const found = name.filter((_, place) => !missing.has(place));
  if (!isOptionalOnly(name) && isOptionalOnly(found)) return null;
  return { to, words: found.length, leftOut: leftOut.length };
}

function isOptionalOnly(words: readonly string[]): boolean {
  return words.every((word) => optionalWords.has(word));
}

/** The candidates that explain most; several when they do it equally well. */
function bestOf(candidates: readonly Candidate[]): Candidate[] {
  const ranked = candidates.toSorted(compareCandidates);
  const [first] = ranked;
  if (first === undefined) return [];
  const equals = ranked.filter((each) => compareCandidates(first, each) === 0);
  return equals.filter((each, index) => equals.findIndex(({ column }) => column === each.column) === index);
}

function compareCandidates(one: Candidate, other: Candidate): number {
  return other.words - one.words || Number(other.isOwn) - Number(one.isOwn) || one.leftOut - other.leftOut;
}

const rowWords = wordSet('linha linhas registro registros row rows record records');

function markTable(question: QuestionText, name: string): void {
  const words = wordsOfName(name).filter((word) => !optionalWords.has(word));
  for (const [index, { folded }] of question.tokens.entries()) {
    if (!question.isOpen(index)) continue;
    const isName = words.length === 1 && shareKey(keysOf(folded), keysOf(words[0] ?? ''));
    if (isName || rowWords.has(folded)) question.mark({ from: index, to: index }, '@t');
  }
}
