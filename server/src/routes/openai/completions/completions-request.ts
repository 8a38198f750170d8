import { z } from 'zod';
import type {
  CallContext,
  CompletionPrompt,
  CompletionRequest,
  Completions,
} from '../../../core/completions/completions.ts';
import type { Personas } from '../../../core/personas/personas.ts';
import { modelField, optional, usualSampling } from '../../dialects/fields.ts';
import { refuse } from '../../dialects/refusal.ts';
import { repeated, streamFields } from '../chat/chat-request.ts';
import { countField, grammarOf, runOptionsOf, samplingFields, samplingOf, tokensField } from '../fields.ts';

const usualMaxTokens = 16;
const mostLogprobs = 20;
const mostChoices = 128;
const tokens = z.array(z.int().min(0));

/** What takes text, texts, tokens or several rows of tokens. */
export const textInput = z.union([z.string(), z.array(z.string()), tokens, z.array(tokens)], {
  error: 'must be a string, an array of strings, an array of tokens, or an array of arrays of tokens',
});

export const completionRequestSchema = z.looseObject({
  model: modelField,
  prompt: textInput,
  suffix: optional(z.string()),
  ...samplingFields,
  ...streamFields,
  max_tokens: tokensField,
  n: countField,
  best_of: countField,
  echo: optional(z.boolean()),
  logprobs: optional(z.int().min(0).max(mostLogprobs)),
});
export type LegacyRequest = z.output<typeof completionRequestSchema>;

/** A completion to write, and the text that goes before it when it is sent back. */
export interface Prompted {
  request: CompletionRequest;
  prompt: string;
}

export interface PromptedOptions {
  completions: Completions;
  personas: Pick<Personas, 'find'>;
  context: CallContext;
}

/** `n` completions for each prompt, those of one prompt together. A persona is asked; a model goes on with the text. */
export async function toPrompted(
  body: LegacyRequest,
  { completions, personas, context }: PromptedOptions,
): Promise<Prompted[]> {
  const count = body.n ?? 1;
  assertSupported(body);
  const isAsked = (await personas.find(body.model)) !== undefined;
  const prompts = await textsOf(body.prompt, {
    field: 'prompt',
    detokenize: (row) => completions.detokenize({ model: body.model, tokens: row }, context),
  });
  return prompts.flatMap((text) =>
    repeated(toRequest(body, { text, isAsked }), count).map((request) => ({
      request,
      prompt: body.echo === true ? text : '',
    })),
  );
}

function assertSupported({ prompt, n, best_of: bestOf, echo, logprobs, suffix }: LegacyRequest): void {
  const prompts = Array.isArray(prompt) && typeof prompt[0] !== 'number' ? prompt.length : 1;
  if (prompts * (n ?? 1) > mostChoices) {
    throw refuse('prompt', `Invalid value for 'prompt': at most ${mostChoices} choices are written in one call.`);
  }
  if (typeof bestOf === 'number' && bestOf !== (n ?? 1)) {
    throw refuse('best_of', "Invalid value for 'best_of': choices are not compared here; leave it out.");
  }
  if (echo === true && typeof logprobs === 'number') {
    throw refuse('echo', "Invalid value for 'echo': the tokens of the prompt have no logprobs here; leave one out.");
  }
  if (echo === true && typeof suffix === 'string') {
    throw refuse('echo', "Invalid value for 'echo': it is not taken together with 'suffix'.");
  }
}

function toRequest(body: LegacyRequest, { text, isAsked }: { text: string; isAsked: boolean }): CompletionRequest {
  const { suffix } = body;
  const isGap = typeof suffix === 'string' && suffix !== '';
  const prompt: CompletionPrompt = isGap
    ? { type: 'infill', before: text, after: suffix }
    : { type: isAsked ? 'question' : 'raw', text };
  return {
    model: body.model,
    prompt,
    sampling: samplingOf(body, body.max_tokens),
    usual: { ...usualSampling, maxTokens: usualMaxTokens },
    format: grammarOf(body),
    topLogprobs: body.logprobs ?? undefined,
    ...runOptionsOf(body),
  };
}

export interface TextsOfOptions {
  field: string;
  detokenize(tokens: readonly number[]): Promise<string>;
}

/** The texts of an input in any of its four forms. */
export async function textsOf(input: z.output<typeof textInput>, options: TextsOfOptions): Promise<string[]> {
  if (typeof input === 'string') return [input];
  if (input.length === 0) throw refuse(options.field, `Invalid value for '${options.field}': it is empty.`);
  if (isNumbers(input)) return [await options.detokenize(input)];
  const texts: string[] = [];
  for (const row of input) texts.push(typeof row === 'string' ? row : await options.detokenize(row));
  return texts;
}

function isNumbers(input: readonly (string | number | readonly number[])[]): input is readonly number[] {
  return typeof input[0] === 'number';
}
