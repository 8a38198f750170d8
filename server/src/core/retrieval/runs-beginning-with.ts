import { fold } from './fold.ts';
import { nextRun } from './tokenize.ts';

/**
 * Finds the runs of a text that begin in one of these ways, and all that are more than a plain word. Most words of a text
 * are passed over letter by letter: taking every run out of it would cost several times as much.
 * @param beginnings folded; an `i` in them stands for `y` as well
 */
export function createFindRuns(beginnings: Iterable<string>): (text: string) => string[] {
  const byLetter = groupByLetter(beginnings);
  const beginsRight = (text: string, start: number): boolean =>
    byLetter[plainLetter(text, start)]?.some((beginning) => beginsWith(text, { start, beginning })) === true;

  return (text) => {
    const runs: string[] = [];
    for (let position = 0; position < text.length;) {
      const end = endOfPlainWord(text, position);
      if (end > position && endsRun(text, end)) {
        if (beginsRight(text, position)) runs.push(text.slice(position, end));
        position = end + 1;
      } else if (isSeparator(text.charCodeAt(position))) position += 1;
      else {
        const run = nextRun(text, position);
        if (run === undefined) return runs;
        // Behind what belongs to no run, such as a dash, it may be a plain word still.
        if (endOfPlainWord(run.text, 0) < run.text.length || beginsRight(run.text, 0)) runs.push(run.text);
        position = run.end;
      }
    }
    return runs;
  };
}

const lettersOfLatin1 = 0x100;
const noLetter = 0;

/** Of the characters that are one letter when folded: its code, that of `i` for `y`. */
const plainLetters = Uint8Array.from({ length: lettersOfLatin1 }, (_, code) => {
  const folded = withoutY(fold(String.fromCharCode(code)));
  return /^[a-z]$/.test(folded) ? folded.charCodeAt(0) : noLetter;
});

/** As beginnings are written, and compared. */
export function withoutY(text: string): string {
  return text.replaceAll('y', 'i');
}

function plainLetter(text: string, position: number): number {
  const code = text.charCodeAt(position);
  return code < lettersOfLatin1 ? plainLetters[code]! : noLetter;
}

/** By the code of their first letter. */
function groupByLetter(beginnings: Iterable<string>): (string[] | undefined)[] {
  const grouped: (string[] | undefined)[] = [];
  for (const beginning of new Set(beginnings)) (grouped[beginning.charCodeAt(0)] ??= []).push(beginning);
  return grouped;
}

function beginsWith(text: string, { start, beginning }: { start: number; beginning: string }): boolean {
  for (let index = 1; index < beginning.length; index += 1) {
    if (plainLetter(text, start + index) !== beginning.charCodeAt(index)) return false;
  }
  return true;
}

/** Where the letters that begin here end. */
function endOfPlainWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && plainLetter(text, end) !== noLetter) end += 1;
  return end;
}

/** Whether a run ends at this place for certain: what joins parts to one run does so only before another part. */
function endsRun(text: string, end: number): boolean {
  if (end >= text.length || isSeparator(text.charCodeAt(end))) return true;
  return asciiJoiners.has(text[end]!) && (end + 1 >= text.length || isSeparator(text.charCodeAt(end + 1)));
}

const asciiJoiners: ReadonlySet<string> = new Set("._/@',:+&-");

/** An ASCII character that is part of no run. */
function isSeparator(code: number): boolean {
  return code < separators.length && separators[code] === 1;
}

const separators = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[a-zA-Z0-9]/.test(character) || asciiJoiners.has(character) ? 0 : 1;
});
