import { type Completion, hasEnded, inPrompt } from './completion.ts';
import { noProposal } from './prompt-lookup.ts';
import type { StepCost } from './step-cost.ts';

/** What one completion contributes to a step. */
export interface StepPart {
  completion: Completion;
  /** Tokens to evaluate, after those its slot holds; the last `guessed` of them are guesses. */
  tokens: readonly number[];
  guessed: number;
  /** Whether the tokens are of the prompt. */
  reads: boolean;
  /** After how many of the last tokens one is drawn: after none inside a prompt. */
  drawn: number;
}

/** Prompts get on at least this fast, however many write. */
const fewestPromptTokens = 16;

/** A prompt after whose tokens more are weighed is read in pieces: each place takes memory for all tokens of the vocabulary. */
const mostDrawn = 64;
/** A prompt of so many times what a step should take is read in one step. */
const worthFinishing = 1.75;
/** A prompt that does not fit into a step is begun in it where at least this share of the step is left. */
const worthCutting = 0.5;

export interface StepLimits {
  /** Tokens of one decode. */
  batchTokens: number;
  /** Tokens that a step should take for its length in time, by whether answers are being written. */
  pace(writing: boolean): number;
  cost: StepCost;
  /** False for a model that cannot take a wrong guess back. */
  guesses: boolean;
}

/**
 * Every answer that is being written gets its next token, or only the one that waits longest, whichever is faster; what
 * room is left goes to prompts, in order of arrival.
 */
export function planStep(active: readonly Completion[], limits: StepLimits): StepPart[] {
  const writers = active.filter((completion) => !hasEnded(completion) && !inPrompt(completion));
  const readers = active.filter((completion) => !hasEnded(completion) && inPrompt(completion));
  if (writers.length > 0 && readers.length === 0 && limits.cost.isFasterAlone(writers.length)) {
    const next = writers.reduce((first, other) => (other.steppedAt < first.steppedAt ? other : first));
    return [writingPart(next, limits)];
  }
  const parts = writers.map((completion) => writingPart(completion, { ...limits, guesses: false }));
  const wanted = Math.max(fewestPromptTokens, limits.pace(writers.length > 0));
  const most = limits.batchTokens - parts.length;
  let room = Math.min(wanted, most);
  for (const completion of readers.filter((reader) => !waitsForLeader(reader))) {
    // A short piece beside whole prompts would be computed alone: sequences share a matrix where their lengths are equal.
    if (room <= 0 || (room < wanted * worthCutting && room < tokensLeft(completion))) break;
    const isFirst = parts.length === writers.length;
    // The end of a prompt is not left for a step of its own.
    if (isFirst && tokensLeft(completion) <= wanted * worthFinishing) {
      room = Math.max(room, Math.min(tokensLeft(completion), most));
    }
    const part = promptPart(completion, room);
    parts.push(part);
    room -= part.tokens.length;
  }
  return parts;
}

function tokensLeft({ slot, prompt }: Completion): number {
  return prompt.length - slot.tokens.length;
}

function writingPart(completion: Completion, { guesses, cost }: StepLimits): StepPart {
  const { slot, tokens, lookup, maxTokens, written, contextTokens } = completion;
  const room = Math.min(maxTokens - written, contextTokens - tokens.length) - 1;
  const proposed = guesses && room > 0 ? lookup.propose(tokens, room) : noProposal;
  const guessed = proposed.tokens.slice(0, cost.guesses(proposed.chances));
  const next = tokens.slice(slot.tokens.length);
  return {
    completion,
    tokens: [...next, ...guessed],
    guessed: guessed.length,
    reads: false,
    drawn: guessed.length + 1,
  };
}

function promptPart(completion: Completion, room: number): StepPart {
  const { slot, prompt, drawsFrom } = completion;
  const start = slot.tokens.length;
  const most = Math.max(0, drawsFrom - start) + mostDrawn;
  const tokens = prompt.slice(start, start + Math.min(room, most));
  const drawn = Math.max(0, Math.min(tokens.length, start + tokens.length - drawsFrom));
  return { completion, tokens, guessed: 0, reads: true, drawn };
}

/** While an earlier completion evaluates a beginning that this one shares, it is cheaper to wait and copy. */
function waitsForLeader({ leader, slot }: Completion): boolean {
  if (leader === undefined || hasEnded(leader.completion)) return false;
  return leader.completion.slot.tokens.length < leader.shared && slot.tokens.length < leader.shared;
}
