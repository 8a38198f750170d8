import type { ColumnProfile, TableProfile } from '../../../../models/insight.ts';
import type { DataSession } from '../../../../ports/data-engine.ts';
import { fold } from '../../../retrieval/fold.ts';
import { wordsOfName } from '../../profile/column-words.ts';
import { kindOfType } from '../../profile/type-kind.ts';
import { quoteName, quoteText } from '../../../../models/sql.ts';
import { functionWords } from '../words/function-words.ts';
import type { QuestionText } from '../words/question-text.ts';
import { keysOf, shareKey, singular } from '../words/word-keys.ts';

export interface MemberMatch {
  from: number;
  to: number;
  /** More than one: the value is in several columns. */
  places: readonly { column: ColumnProfile; value: string }[];
}

interface Phrase {
  from: number;
  to: number;
  text: string;
}

const longestMember = 6;
const mostColumns = 60;
const mostValues = 200;

/** Values of cells that the words of a question may name. */
export interface FoundValue {
  column: ColumnProfile;
  value: string;
}

/** All values that are, but for case, accents and number, a run of words of the question. */
export async function findMembers(
  question: QuestionText,
  { session, table }: { session: Pick<DataSession, 'query'>; table: TableProfile },
): Promise<FoundValue[]> {
  const columns = table.columns.filter(isNamed).slice(0, mostColumns);
  const phrases = phrasesOf(question);
  return columns.length === 0 || phrases.length === 0 ? [] : findValues(session, { table, columns, phrases });
}

/** Marks values of cells with `@m0`, `@m1`, …, by their places in `matches`, to which they are added; longer runs of words go first. */
export function markMembers(
  question: QuestionText,
  found: readonly FoundValue[],
  { matches, leastWords }: { matches: MemberMatch[]; leastWords: number },
): void {
  const phrases = phrasesOf(question).filter(({ from, to }) => to - from + 1 >= leastWords);
  for (const phrase of phrases.toSorted((one, other) => other.to - other.from - (one.to - one.from))) {
    const words = Array.from({ length: phrase.to - phrase.from + 1 }, (_, index) => phrase.from + index);
    if (!words.every((index) => question.isOpen(index) || question.isSilent(index))) continue;
    const fitting = found.filter(({ value }) => formsOf(phrase.text).includes(fold(value).trim()));
    const places = fitting.filter((each) => isMeant(question, { phrase, ...each }));
    if (places.length === 0) continue;
    const named = places.filter(({ column }) => isNamedBeside(question, { column, phrase }));
    question.mark({ from: phrase.from, to: phrase.to }, `@m${String(matches.length)}`);
    matches.push({ from: phrase.from, to: phrase.to, places: named.length > 0 ? named : places });
  }
}

function isNamed({ role, pii, type }: ColumnProfile): boolean {
  if (pii) return false;
  const kind = kindOfType(type);
  return (role === 'dimension' || role === 'id') && (kind === 'text' || kind === 'integer');
}

/** All runs of words, as they are written. */
function phrasesOf(question: QuestionText): Phrase[] {
  const phrases: Phrase[] = [];
  for (const [from, first] of question.tokens.entries()) {
    for (let to = from; to < Math.min(from + longestMember, question.tokens.length); to += 1) {
      const last = question.tokens[to];
      // "Centro-Oeste", "S.A.": signs may be within a value.
      if (last === undefined || !(question.isOpen(to) || question.isSilent(to))) break;
      phrases.push({ from, to, text: fold(question.original.slice(first.start, last.end)) });
    }
  }
  return phrases.filter(({ from, text }) => question.isOpen(from) && /[\p{L}\p{N}]/u.test(text));
}

/** As it is written, and in the other number. */
function formsOf(text: string): string[] {
  return [...new Set([text, singular(text), `${text}s`])];
}

async function findValues(
  session: Pick<DataSession, 'query'>,
  { table, columns, phrases }: { table: TableProfile; columns: readonly ColumnProfile[]; phrases: readonly Phrase[] },
): Promise<FoundValue[]> {
  const wanted = [...new Set(phrases.flatMap(({ text }) => formsOf(text)))].map(quoteText).join(', ');
  const parts = columns.map(({ name }, index) => {
    const values = `SELECT DISTINCT CAST(${quoteName(name)} AS VARCHAR) AS v FROM ${quoteName(table.name)}`;
    return `SELECT ${String(index)} AS i, v FROM (${values}) WHERE lower(strip_accents(trim(v))) IN (${wanted})`;
  });
  const { rows } = await session.query(`${parts.join(' UNION ALL ')} ORDER BY 1, 2 LIMIT ${String(mostValues)}`);
  return rows.flatMap(([index = null, value = null]) => {
    const column = columns[Number(index)];
    return column === undefined || value === null ? [] : [{ column, value: String(value) }];
  });
}

/** A short word that is also a value ("a", "Pará") is meant when it is written as the value is; a number, behind its column. */
function isMeant(
  question: QuestionText,
  { phrase, column, value }: { phrase: Phrase; column: ColumnProfile; value: string },
): boolean {
  const token = question.tokens[phrase.from];
  if (phrase.from !== phrase.to || token === undefined) return true;
  if (/^\d+$/.test(token.text)) return isYearOf(column, token.text) || isNamedBeside(question, { column, phrase });
  if (!functionWords.has(token.folded) && token.text.length > 1) return true;
  if (isNamedBeside(question, { column, phrase })) return token.text === value;
  return phrase.from > 0 && token.text === value && /^\p{Lu}/u.test(value) && value.length > 1;
}

/** Whether the word before the value, articles apart, is of the name of the column: "região Sul". */
function isNamedBeside(question: QuestionText, { column, phrase }: { column: ColumnProfile; phrase: Phrase }): boolean {
  const before = question.tokens.slice(0, phrase.from).map(({ folded }) => folded);
  const word = before.findLast((each) => !['de', 'da', 'do', 'of', 'the', 'a', 'o', '"', '“', "'"].includes(each));
  if (word === undefined) return false;
  return wordsOfName(column.name).some((each) => shareKey(keysOf(each), keysOf(word)));
}

function isYearOf(column: ColumnProfile, text: string): boolean {
  return /^(?:19|20)\d\d$/.test(text) && wordsOfName(column.name).some((word) => word === 'ano' || word === 'year');
}
