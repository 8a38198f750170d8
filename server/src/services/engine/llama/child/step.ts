import { type Completion, hasEnded, inPrompt, tokensWritten } from './completion.ts';

/** What one completion contributes to a step. */
export interface StepPart {
  completion: Completion;
  /** Tokens to evaluate, after those its slot holds; the last `guessed` of them are guesses. */
  tokens: readonly number[];
  guessed: number;
  /** Whether the step ends in a place where the next token is drawn; not so inside a prompt. */
  draws: boolean;
}

/** Guessed tokens are worth their cost only while few answers share a step. */
const mostGuessingCompletions = 2;
/** Prompts get on at least this fast, however many write. */
const fewestPromptTokens = 16;

export interface StepLimits {
  contextTokens: number;
  /** Tokens of one decode. */
  batchTokens: number;
  /** Tokens that a step should take for its length in time, by whether answers are being written. */
  pace(writing: boolean): number;
  /** False for a model that cannot take a wrong guess back. */
  guesses: boolean;
}

/** Every answer that is being written gets its next token; what room is left goes to prompts, in order of arrival. */
export function planStep(active: readonly Completion[], limits: StepLimits): StepPart[] {
  const writers = active.filter((completion) => !hasEnded(completion) && !inPrompt(completion));
  const guesses = limits.guesses && writers.length <= mostGuessingCompletions;
  const parts = writers.map((completion) => writingPart(completion, { ...limits, guesses }));
  const written = parts.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const wanted = Math.max(fewestPromptTokens, limits.pace(writers.length > 0) - written);
  let room = Math.min(wanted, limits.batchTokens - written);
  for (const completion of active) {
    if (room <= 0 || hasEnded(completion) || !inPrompt(completion) || waitsForLeader(completion)) continue;
    const part = promptPart(completion, room);
    parts.push(part);
    room -= part.tokens.length;
  }
  return parts;
}

function writingPart(completion: Completion, { contextTokens, guesses }: StepLimits): StepPart {
  const { slot, tokens, lookup, maxTokens } = completion;
  const room = Math.min(maxTokens - tokensWritten(completion), contextTokens - tokens.length) - 1;
  const guessed = guesses && room > 0 ? lookup.propose(tokens, room) : [];
  const next = tokens.slice(slot.tokens.length);
  return { completion, tokens: [...next, ...guessed], guessed: guessed.length, draws: true };
}

function promptPart(completion: Completion, room: number): StepPart {
  const { slot, prompt } = completion;
  const tokens = prompt.slice(slot.tokens.length, slot.tokens.length + room);
  return { completion, tokens, guessed: 0, draws: slot.tokens.length + tokens.length === prompt.length };
}

/** While an earlier completion evaluates a beginning that this one shares, it is cheaper to wait and copy. */
function waitsForLeader({ leader, slot }: Completion): boolean {
  if (leader === undefined || hasEnded(leader.completion)) return false;
  return leader.completion.slot.tokens.length < leader.shared && slot.tokens.length < leader.shared;
}
