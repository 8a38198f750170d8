import { z } from 'zod';
import type { OutputFormat, SamplingOptions, Thinking } from '../../models/language-model.ts';
import { optional, said } from '../dialects/fields.ts';
import { parseKeepAlive } from './keep-alive.ts';

const largestBias = 100;
const mostStops = 4;

export const tokensField = optional(z.int().min(1));
export const countField = optional(z.int().min(1).max(8));

const engineFields = {
  num_ctx: optional(z.int().min(1)),
  top_k: optional(z.int().min(0)),
  min_p: optional(z.number().min(0).max(1)),
  typical_p: optional(z.number().min(0).max(1)),
  repeat_penalty: optional(z.number().min(0)),
  repeat_last_n: optional(z.int().min(-1)),
};

/** How the next token is drawn, and, beyond OpenAI, how the model runs: also inside of `options`, as Ollama has them. */
export const samplingFields = {
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().min(0).max(1)),
  frequency_penalty: optional(z.number().min(-2).max(2)),
  presence_penalty: optional(z.number().min(-2).max(2)),
  seed: optional(z.int()),
  stop: optional(
    z.union([z.string(), z.array(z.string()).max(mostStops)], {
      error: `must be a string or an array of at most ${mostStops} strings`,
    }),
  ),
  logit_bias: optional(z.record(z.string().regex(/^\d{1,9}$/), z.number().min(-largestBias).max(largestBias))),
  ...engineFields,
  options: optional(z.looseObject(engineFields)),
  keep_alive: optional(
    z.union([z.number(), z.string()], { error: 'must be a number of seconds or a duration such as "5m"' }),
  ),
  format: optional(z.looseObject({ grammar: z.string().min(1).describe('In GBNF; its first rule is `root`.') })),
};
const samplingSchema = z.looseObject(samplingFields);
export type SamplingFields = z.output<typeof samplingSchema>;

export function samplingOf(body: SamplingFields, maxTokens: number | null | undefined): Partial<SamplingOptions> {
  const { options, stop, logit_bias: logitBias, seed } = body;
  const engine = { ...said(options ?? {}), ...said(body) } as SamplingFields;
  return said({
    temperature: body.temperature,
    topP: body.top_p,
    topK: engine.top_k,
    minP: engine.min_p,
    typicalP: engine.typical_p,
    repeatPenalty: engine.repeat_penalty,
    repeatLastN: engine.repeat_last_n,
    presencePenalty: body.presence_penalty,
    frequencyPenalty: body.frequency_penalty,
    logitBias,
    // Seeds have 64 bits there and 32 here.
    seed: typeof seed === 'number' ? seed >>> 0 : undefined,
    maxTokens,
    stop: typeof stop === 'string' ? [stop].filter(Boolean) : stop?.filter(Boolean),
  });
}

/** What is said beside the prompt and the sampling, in the terms of a completion. */
export function runOptionsOf(body: SamplingFields): {
  contextTokens: number | undefined;
  keepAliveMs: number | undefined;
} {
  return {
    contextTokens: body.num_ctx ?? body.options?.num_ctx ?? undefined,
    keepAliveMs: parseKeepAlive(body.keep_alive),
  };
}

export function grammarOf({ format }: SamplingFields): OutputFormat | undefined {
  return format === undefined || format === null ? undefined : { type: 'grammar', grammar: format.grammar };
}

export const effortField = optional(z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']));
const thinkingOf = {
  none: false,
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'max',
  max: 'max',
} as const satisfies Record<string, Thinking>;

export function thinkOf(effort: z.output<typeof effortField>): Thinking | undefined {
  return effort === undefined || effort === null ? undefined : thinkingOf[effort];
}
