import { fold } from './fold.ts';
import { nextRun } from './tokenize.ts';

/**
 * The runs of a text that begin with one of the letters, and all that are more than a word of Latin letters. Most words of
 * a text are passed over letter by letter: taking every run out of it would cost several times as much.
 * @param initials folded
 */
export function runsBeginningWith(text: string, initials: ReadonlySet<string>): string[] {
  const runs: string[] = [];
  for (let position = 0; position < text.length;) {
    const end = endOfPlainWord(text, position);
    if (end === position && isPlainSeparator(text.charCodeAt(position))) position += 1;
    else if (end > position && endsRun(text, end)) {
      if (initials.has(initialAt(text, position))) runs.push(text.slice(position, end));
      position = end + 1;
    } else {
      const run = nextRun(text, position);
      if (run === undefined) return runs;
      if (initials.has(initialAt(run.text, 0)) || !latinWord.test(run.text)) runs.push(run.text);
      position = run.end;
    }
  }
  return runs;
}

const latinWord = /^\p{Script=Latin}+$/u;

/** Where the letters that begin here end. */
function endOfPlainWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && isPlainLetter(text.charCodeAt(end))) end += 1;
  return end;
}

/** Of ASCII and of Western European languages: each is one character, and a run of them is one word. */
function isPlainLetter(code: number): boolean {
  if (code < 0x80) return isAsciiLetter(code);
  return code >= 0xc0 && code <= 0xff && code !== multiplication && code !== division;
}

const multiplication = 0xd7;
const division = 0xf7;

function isAsciiLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Whether a run ends at this place for certain: what joins parts to one run does so only before another part. */
function endsRun(text: string, end: number): boolean {
  return end >= text.length || isPlainSeparator(text.charCodeAt(end)) || isLastPunctuation(text, end);
}

function isLastPunctuation(text: string, position: number): boolean {
  const isPunctuation = asciiJoiners.has(text.charCodeAt(position));
  return isPunctuation && (position + 1 >= text.length || isPlainSeparator(text.charCodeAt(position + 1)));
}

const asciiJoiners: ReadonlySet<number> = new Set(Array.from("._/@',:+&-", (character) => character.charCodeAt(0)));

/** An ASCII character that is part of no run. */
function isPlainSeparator(code: number): boolean {
  if (code <= 0x20) return true;
  return code < 0x80 && !isAsciiLetter(code) && !(code >= 0x30 && code <= 0x39) && !asciiJoiners.has(code);
}

/** The first letter, folded. */
function initialAt(text: string, position: number): string {
  const letter = text.charAt(position);
  return letter < '\u0080' ? letter.toLowerCase() : fold(letter).charAt(0);
}
