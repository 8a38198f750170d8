import { fold } from './fold.ts';

/** A word of the text, or an identifier: `SKU-123` has the parts `sku` and `123` and the whole `sku123`. */
export interface Token {
  parts: readonly string[];
  /** The parts joined; null when there is only one. */
  whole: string | null;
}

/** Longer runs are data, not words: they are cut, in passages and questions alike. */
const maxTokenLength = 64;

const joiner = /[._/@'’,:+&‐-]/;
const joined = /[\p{L}\p{N}]+(?:[._/@'’,:+&‐-][\p{L}\p{N}]+)*/gu;
/** The same before folding: with marks, soft hyphens and zero-width characters, which folding removes. */
const unfolded =
  /[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]+(?:[._/@'’,:+&‐‑-][\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]+)*/gu;
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const numberWithUnit = /^(\p{N}+)(\p{L}{1,4})$/u;
const possessive = /['’]s$/;

/** Made with the first such text: it reads dictionaries. */
let segmenter: Intl.Segmenter | undefined;

/** The stretches of a text between spaces and punctuation, in order: words, and parts joined to identifiers. */
export function runsOf(text: string): readonly string[] {
  return text.match(unfolded) ?? [];
}

/** The first of them that begins at the place or behind it; undefined when there is none. */
export function nextRun(text: string, position: number): { text: string; end: number } | undefined {
  unfolded.lastIndex = position;
  const found = unfolded.exec(text);
  return found === null ? undefined : { text: found[0], end: unfolded.lastIndex };
}

/** What a run says, folded: usually one token, more in scripts that do not separate words. */
export function tokensOf(run: string): Token[] {
  const pieces = fold(run).match(joined) ?? [];
  return pieces.flatMap((piece) => (withoutSpaces.test(piece) ? segment(piece) : [tokenOf(piece)]));
}

function tokenOf(run: string): Token {
  const base = run.replace(possessive, '');
  if (!joiner.test(base)) {
    const measured = numberWithUnit.exec(base);
    if (measured === null) return { parts: [base.slice(0, maxTokenLength)], whole: null };
    return { parts: [measured[1]!, measured[2]!], whole: base };
  }
  const parts = base.split(joiner).map((part) => part.slice(0, maxTokenLength));
  const whole = parts.join('');
  return { parts, whole: whole.length <= maxTokenLength ? whole : null };
}

/** Scripts written without spaces between words. */
function segment(run: string): Token[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  return [...segmenter.segment(run)]
    .filter((piece) => piece.isWordLike)
    .map((piece) => ({ parts: [piece.segment.slice(0, maxTokenLength)], whole: null }));
}
