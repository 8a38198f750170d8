import type { LlamaModel, Token } from 'node-llama-cpp';
import { EngineFailure } from '../engine-failure.ts';
import { told } from '../../../../../errors/told.ts';

/** One word of twenty million letters holds the tokenizer, and every call with it, for half a minute. */
const mostCharacters = 2_000_000;

/** The tokens of a text, in which nothing is a special token; fails with `context_too_long` for one no call may wait for. */
export function tokensOfText(model: LlamaModel, text: string): Token[] {
  assertTokenizable(text.length);
  return model.tokenize(text);
}

/** Fails with `context_too_long`. */
export function assertTokenizable(characters: number): void {
  if (characters <= mostCharacters) return;
  const most = mostCharacters.toLocaleString('en-GB');
  throw new EngineFailure('context_too_long', told`A text to tokenize has at most ${most} characters: split it.`);
}
