import type { Language } from '../../../models/language.ts';
import { contentStems } from './content-stems.ts';
import { namesIn, numbersIn } from './facts.ts';
import { contradicts } from './negation.ts';
import { wordsIn, type ReadableSource, type SourceSentence } from './readable-sources.ts';

/** A quote that carries a sentence, whole or in part. Offsets into the text of the source. */
export interface Support {
  source: ReadableSource;
  start: number;
  end: number;
  /** Share (0..1) of the sentence's content that the quote covers. */
  score: number;
}

export interface SupportQuery {
  sentence: string;
  sources: readonly ReadableSource[];
  /** Numbers of the sources the model named; looked at first. */
  claimed: readonly number[];
  /** Names that the question and the sources have, folded. */
  names: ReadonlySet<string>;
  language: Language;
}

/** Below this share of content in common a quote does not carry a sentence. */
const minimumCoverage = 0.6;
/**
 * A word that the sources use, but not here, is rarely a paraphrase: "licença-maternidade" instead of
 * "licença-paternidade". It weighs against a quote as much as so many words of the model's own.
 */
const weightOfMisplacedWord = 3;
/** A quote is at most so many sentences; each beyond the first must earn its length. */
const longestQuote = 3;
const costOfASentence = 0.08;
/** Of which the quote itself, without the headings above it, has at least this. */
const minimumOwnCoverage = 0.3;

interface Claim {
  text: string;
  stems: ReadonlySet<string>;
  /** Those of its stems that any of the sources uses. */
  known: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

/**
 * The shortest quotes that carry a sentence: they cover its content words, every number, date, code and name of it
 * occurs in them (a name may stand in the headings above), and they do not say the opposite. Usually one quote;
 * one per source when the model named several and none is enough alone. Empty when nothing carries it.
 */
export function findSupport({ sentence, sources, claimed, names, language }: SupportQuery): Support[] {
  const stems = contentStems(sentence, language);
  const claim: Claim = {
    text: sentence,
    stems,
    known: knownStems(stems, sources),
    numbers: numbersIn(sentence),
    names: namesIn(sentence, names),
  };
  if (claim.stems.size === 0) return [];
  const named = sources.filter(({ evidence }) => claimed.includes(evidence.number));
  const others = sources.filter((source) => !named.includes(source));
  const single = bestSupport(claim, named) ?? jointSupport(claim, named) ?? bestSupport(claim, others);
  return single === undefined ? [] : [single].flat();
}

function knownStems(stems: ReadonlySet<string>, sources: readonly ReadableSource[]): ReadonlySet<string> {
  return new Set([...stems].filter((stem) => sources.some((source) => source.stems.has(stem))));
}

function bestSupport(claim: Claim, sources: readonly ReadableSource[]): Support | undefined {
  let best: { support: Support; worth: number } | undefined;
  for (const source of sources) {
    for (const window of windows(source)) {
      const own = ownCoverage(claim, window);
      const worth = own - costOfASentence * (window.length - 1);
      if (own < minimumOwnCoverage || (best !== undefined && worth <= best.worth)) continue;
      const score = coverage(claim, stemsOf(window, source));
      if (score < minimumCoverage || !carries(claim, window, source)) continue;
      best = { support: supportBy(window, { source, score }), worth };
    }
  }
  return best?.support;
}

function supportBy(window: readonly SourceSentence[], { source, score }: Pick<Support, 'source' | 'score'>): Support {
  return { source, score, start: window[0]?.start ?? 0, end: window.at(-1)?.end ?? 0 };
}

/** "A costs 10 [1] and B costs 20 [2]": no quote has it all, both together do. */
function jointSupport(claim: Claim, sources: readonly ReadableSource[]): Support[] | undefined {
  if (sources.length < 2) return undefined;
  const parts = sources.flatMap((source) => {
    const sentence = closestSentence(claim, source);
    return sentence === undefined ? [] : [{ source, window: [sentence] }];
  });
  const stems = new Set(parts.flatMap(({ source, window }) => [...stemsOf(window, source)]));
  const text = parts.map(({ window }) => textOf(window)).join('\n');
  const words = new Set(parts.flatMap(({ source, window }) => [...wordsOf(window, source)]));
  const score = coverage(claim, stems);
  const complete =
    score >= minimumCoverage && includesAll(words, claim.names) && includesAll(numbersIn(text), claim.numbers);
  const together = parts.flatMap(({ window }) => window);
  if (!complete || contradicts(claim.text, text) || mixesUp(claim, together)) return undefined;
  return parts.map(({ source, window }) => supportBy(window, { source, score }));
}

function closestSentence(claim: Claim, { sentences }: ReadableSource): SourceSentence | undefined {
  const scored = sentences.map((sentence) => ({ sentence, score: coverage(claim, sentence.stems) }));
  const best = scored.toSorted((one, other) => other.score - one.score)[0];
  return best === undefined || best.score === 0 ? undefined : best.sentence;
}

function* windows({ sentences }: ReadableSource): Generator<SourceSentence[]> {
  for (let length = 1; length <= longestQuote; length++) {
    for (let first = 0; first + length <= sentences.length; first++) yield sentences.slice(first, first + length);
  }
}

function carries(claim: Claim, window: readonly SourceSentence[], source: ReadableSource): boolean {
  const text = textOf(window);
  return (
    includesAll(numbersIn(text), claim.numbers) &&
    includesAll(wordsOf(window, source), claim.names) &&
    !contradicts(claim.text, text) &&
    !mixesUp(claim, window)
  );
}

/**
 * Whether the claim takes a word from one sentence and the number or name from another, though the first has a number or
 * name of its own: "A costs 10. B costs 20." does not carry "A costs 20".
 */
function mixesUp(claim: Claim, window: readonly SourceSentence[]): boolean {
  return window.some((sentence) => {
    const others = window.filter((other) => other !== sentence);
    const lends = [...claim.stems].some(
      (stem) => sentence.stems.has(stem) && !others.some((other) => other.stems.has(stem)),
    );
    return (
      lends && (disagree(claim.numbers, numbersIn(sentence.text)) || disagree(claim.names, namesIn(sentence.text)))
    );
  });
}

function disagree(claimed: ReadonlySet<string>, stated: ReadonlySet<string>): boolean {
  return claimed.size > 0 && stated.size > 0 && ![...stated].some((each) => claimed.has(each));
}

function coverage(claim: Claim, stems: ReadonlySet<string>): number {
  let covered = 0;
  let total = 0;
  for (const stem of claim.stems) {
    if (stems.has(stem)) covered += 1;
    total += stems.has(stem) || !claim.known.has(stem) ? 1 : weightOfMisplacedWord;
  }
  return covered / total;
}

/** Without headings, and without regard to what the sources say elsewhere. */
function ownCoverage(claim: Claim, window: readonly SourceSentence[]): number {
  const covered = [...claim.stems].filter((stem) => window.some(({ stems }) => stems.has(stem)));
  return covered.length / claim.stems.size;
}

/** Headings count: a text rarely repeats what it is about. */
function stemsOf(window: readonly SourceSentence[], source: ReadableSource): ReadonlySet<string> {
  return new Set([...source.heading.stems, ...window.flatMap(({ stems }) => [...stems])]);
}

function wordsOf(window: readonly SourceSentence[], source: ReadableSource): ReadonlySet<string> {
  return new Set([...source.heading.words, ...wordsIn(textOf(window))]);
}

function textOf(window: readonly SourceSentence[]): string {
  return window.map(({ text }) => text).join('\n');
}

function includesAll(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return [...some].every((each) => all.has(each));
}
