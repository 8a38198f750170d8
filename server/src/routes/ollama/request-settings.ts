import type { CompletionRequest } from '../../core/completions/completions.ts';
import { keepAliveType, thinkType } from './field-types.ts';
import { goBool, goInt, goMap, goRaw, type DecodedFields } from './go/types.ts';
import { ollamaError } from './ollama-error.ts';
import { contextTokensOf, readOptions, samplingOf, usualSampling } from './options.ts';
import { readFormat } from './output-format.ts';

/** What requests to generate and to chat have in common. */
export const settingFields = {
  stream: goBool,
  format: goRaw,
  keep_alive: keepAliveType,
  options: goMap,
  think: thinkType,
  truncate: goBool,
  shift: goBool,
  logprobs: goBool,
  top_logprobs: goInt,
};

export type Settings = DecodedFields<typeof settingFields>;

const mostTopLogprobs = 20;

export function assertTopLogprobs({ top_logprobs: count = 0 }: Settings): void {
  if (count < 0 || count > mostTopLogprobs) {
    throw ollamaError(400, `top_logprobs must be between 0 and ${mostTopLogprobs}`);
  }
}

type Shared = Pick<
  CompletionRequest,
  'sampling' | 'usual' | 'format' | 'topLogprobs' | 'contextTokens' | 'keepAliveMs'
>;

export function toRequestSettings(settings: Settings): Shared {
  const options = readOptions(settings.options);
  return {
    sampling: samplingOf(options),
    usual: usualSampling(options),
    format: readFormat(settings.format),
    topLogprobs: settings.logprobs === true ? (settings.top_logprobs ?? 0) : undefined,
    contextTokens: contextTokensOf(options),
    keepAliveMs: settings.keep_alive,
  };
}
