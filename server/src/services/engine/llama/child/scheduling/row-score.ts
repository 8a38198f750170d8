import type { LlamaModel } from 'node-llama-cpp';
import type { TrainingExample, TrainingRow } from '../../../../../models/training-example.ts';
import type { Answer } from '../output/answer.ts';
import type { NewCompletion } from './completion.ts';
import { EngineFailure } from '../engine-failure.ts';
import { createLogprobReader } from '../sampling/logprobs.ts';
import type { NativeContext } from '../context/native-context.ts';
import { checked, type PromptForms } from '../prompt/prompt.ts';
import type { Sampler } from '../sampling/sampler.ts';
import { assertTokenizable, tokensOfText } from '../prompt/tokens-of-text.ts';
import { told } from '../../../../../errors/told.ts';

/** An example as the model meets it: what would be evaluated of its prompt, then what it would write, to the end of its turn. */
export function rowOf(
  { prompt, answer }: TrainingExample,
  { model, prompts }: { model: LlamaModel; prompts: PromptForms },
): TrainingRow {
  assertTokenizable(prompt.reduce((sum, { text }) => sum + text.length, answer.length));
  // The answer of an example has no thoughts before it.
  const form = prompts.of({ type: 'chat', messages: prompt, think: false });
  const end = endTokenOf(model, form.endTokens);
  return { tokens: [...form.tokens, ...tokensOfText(model, answer), ...end], answerStart: form.tokens.length };
}

/** The token that the template puts after an answer; where it puts none, the one that ends turns, or texts, of the model. */
function endTokenOf({ tokens: { eot, eos } }: LlamaModel, endTokens: ReadonlySet<number>): number[] {
  const [only] = endTokens.size === 1 ? endTokens : [];
  const end = only ?? eot ?? eos;
  return end === null ? [] : [end];
}

export interface Scoring {
  id: number;
  row: TrainingRow;
  model: LlamaModel;
  native: NativeContext;
  contextTokens: number;
}

/** A completion whose tokens are all given: the scheduler reads it as a prompt, and weighs the tokens of the answer. */
export function createScoring({ id, row, model, native, contextTokens }: Scoring): NewCompletion {
  const { answerStart } = row;
  const tokens = checked(model, row.tokens);
  if (answerStart < 1 || answerStart >= tokens.length) {
    throw new EngineFailure('invalid_format', told`A row has a prompt of a token at least, then an answer.`);
  }
  if (tokens.length > contextTokens) {
    const detail = told`A row has ${tokens.length} tokens; at most ${contextTokens} fit.`;
    throw new EngineFailure('context_too_long', detail);
  }
  return {
    id,
    // Nothing follows its last token.
    prompt: tokens.slice(0, -1),
    sampler: createWeighing({ model, native, answer: tokens.slice(answerStart) }),
    answer: silent,
    maxTokens: 0,
    contextTokens,
    keep: null,
    returnTokens: false,
    score: { nll: 0, answerStart },
    isEnd: () => false,
  };
}

const silent: Answer = { push: () => [], end: () => [], stoppedBy: undefined, hasCalls: false };

/** Draws the given tokens, in order, and tells how likely each was. */
function createWeighing({
  model,
  native,
  answer,
}: {
  model: LlamaModel;
  native: NativeContext;
  answer: readonly number[];
}): Sampler {
  const reader = createLogprobReader({ model, native, top: 0 });
  let next = 0;
  return {
    mostQueued: Infinity,
    async draw(place) {
      const token = answer[next++] ?? 0;
      return { token, logprob: await reader.read(place, token) };
    },
    dispose: () => reader.dispose(),
  };
}
