import type { AnswerTrace } from '../../models/answer.ts';
import type { Language } from '../../models/language.ts';
import { contentStems } from './grounding/content-stems.ts';
import { cutEvidence, type Evidence } from './grounding/evidence.ts';
import { sourceBlock } from './prompt.ts';
import { readSource, type ReadableSource } from './grounding/readable-sources.ts';

export interface BudgetRequest {
  question: string;
  language: Language;
  limitTokens: number;
  mostSources: number;
  /** Tokens of each text, by the tokenizer of the model that will read them; remembers them. */
  countTokens(texts: readonly string[]): Promise<number[]>;
}

export interface Budgeted {
  /** What the model is given, numbered from 1, best first. */
  sources: readonly Evidence[];
  trace: NonNullable<AnswerTrace['budget']>;
}

/** A source cut below this says nothing. */
const minimumTokensOfASource = 24;
/** No tokenizer makes longer ones of a text on the average. */
const mostCharactersOfAToken = 6;

/**
 * Cuts sources, best first, to a number of tokens. Those that fit their share stay whole; of the others stays the run of
 * whole sentences that shares most with the question. What is cut shows in the offsets of the sources and in the trace.
 */
export async function fitToBudget(found: readonly Evidence[], request: BudgetRequest): Promise<Budgeted> {
  const candidates = found.slice(0, request.mostSources);
  const foundTokens = await countTogether(candidates, request);
  const kept: Evidence[] = [];
  const given: { number: number; foundTokens: number; givenTokens: number }[] = [];
  let left = request.limitTokens;
  for (const [index, evidence] of candidates.entries()) {
    if (left < minimumTokensOfASource) break;
    const numbered = { ...evidence, number: kept.length + 1 };
    const fitted = await fit(numbered, shareOf(left, foundTokens.slice(index)), request);
    if (fitted === undefined) continue;
    kept.push(fitted.evidence);
    given.push({ number: numbered.number, foundTokens: foundTokens[index] ?? 0, givenTokens: fitted.tokens });
    left -= fitted.tokens;
  }
  return { sources: kept, trace: { limitTokens: request.limitTokens, sources: given } };
}

/**
 * Tokens of each source. When they will not all stay whole, their sentences are counted in the same call: `countTokens`
 * remembers, so that `fit` need not ask the engine once more for each.
 */
async function countTogether(candidates: readonly Evidence[], request: BudgetRequest): Promise<number[]> {
  const characters = candidates.reduce((sum, { text }) => sum + text.length, 0);
  const isTooMuch = characters > request.limitTokens * mostCharactersOfAToken;
  const cut = isTooMuch ? candidates : [];
  const parts = cut.flatMap((evidence) => partsOf(evidence, readSource(evidence, request.language)));
  const counts = await request.countTokens([...candidates.map(sourceBlock), ...parts]);
  return counts.slice(0, candidates.length);
}

/** What a source is counted by when it is cut: what stands around its text, then its sentences. */
function partsOf(evidence: Evidence, { sentences }: ReadableSource): string[] {
  return [sourceBlock({ ...evidence, text: '' }), ...sentences.map(({ text }) => `${text} `)];
}

/** What the first of these sources may take: the better ones get more, and what short ones leave goes to the others. */
function shareOf(left: number, wanted: readonly number[]): number {
  const total = wanted.reduce((sum, tokens) => sum + tokens, 0);
  if (total <= left) return left;
  const weights = wanted.map((_, index) => 1 / (index + 2));
  const sum = weights.reduce((one, other) => one + other, 0);
  return Math.floor((left * (weights[0] ?? 1)) / sum);
}

async function fit(
  evidence: Evidence,
  limit: number,
  request: BudgetRequest,
): Promise<{ evidence: Evidence; tokens: number } | undefined> {
  const [whole = 0] = await request.countTokens([sourceBlock(evidence)]);
  if (whole <= limit) return { evidence, tokens: whole };
  const readable = readSource(evidence, request.language);
  const [frame = 0, ...tokens] = await request.countTokens(partsOf(evidence, readable));
  const window = bestWindow(readable, { tokens, limit: limit - frame, request });
  if (window === undefined) return undefined;
  const cut = cutEvidence(evidence, {
    start: evidence.start + window.start,
    end: evidence.start + window.end,
  });
  return { evidence: cut, tokens: frame + window.tokens };
}

interface Window {
  start: number;
  end: number;
  tokens: number;
}

/** Grows from the sentence that shares most with the question, to the neighbour that shares more, while it fits. */
function bestWindow(
  { sentences }: ReadableSource,
  { tokens, limit, request }: { tokens: readonly number[]; limit: number; request: BudgetRequest },
): Window | undefined {
  const question = contentStems(request.question, request.language);
  const shared = sentences.map(({ stems }) => [...question].filter((stem) => stems.has(stem)).length);
  const fitting = shared.map((score, index) => ((tokens[index] ?? 0) <= limit ? score : -1));
  let first = fitting.indexOf(Math.max(...fitting));
  if (first < 0 || fitting[first] === -1) return undefined;
  let last = first;
  let used = tokens[first] ?? 0;
  for (;;) {
    const before = growth(first - 1, { shared, tokens, room: limit - used });
    const after = growth(last + 1, { shared, tokens, room: limit - used });
    if (before === undefined && after === undefined) break;
    // The sentence after usually completes the one found, so it wins a tie.
    if (before !== undefined && before > (after ?? -1)) used += tokens[--first] ?? 0;
    else used += tokens[++last] ?? 0;
  }
  return { start: sentences[first]?.start ?? 0, end: sentences[last]?.end ?? 0, tokens: used };
}

function growth(
  index: number,
  { shared, tokens, room }: { shared: readonly number[]; tokens: readonly number[]; room: number },
): number | undefined {
  const needed = tokens[index];
  return needed === undefined || needed > room ? undefined : shared[index];
}
