import type { GenerateRequest } from '../../../../ports/engine.ts';

/** A bias of so little forbids the token. */
const forbidding = -100;

/** More than any context has, and what fits into the server's integers. */
const wholeContext = 1_000_000_000;

/** Every sampler that llama-server has: its defaults are not ours, and may come from the command line it was started with. */
export function encodeSampling({ sampling }: GenerateRequest): Record<string, unknown> {
  return {
    samplers: ['penalties', 'top_k', 'typ_p', 'top_p', 'min_p', 'temperature'],
    temperature: sampling.temperature,
    dynatemp_range: 0,
    top_k: sampling.topK,
    top_p: sampling.topP,
    min_p: sampling.minP,
    typical_p: sampling.typicalP,
    top_n_sigma: -1,
    xtc_probability: 0,
    dry_multiplier: 0,
    mirostat: 0,
    repeat_penalty: sampling.repeatPenalty,
    repeat_last_n: sampling.repeatLastN === -1 ? wholeContext : sampling.repeatLastN,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
    logit_bias: Object.entries(sampling.logitBias).map(([token, bias]) => [
      Number(token),
      bias <= forbidding ? false : bias,
    ]),
    seed: sampling.seed ?? -1,
    stop: sampling.stop,
    ignore_eos: false,
    cache_prompt: true,
    stream: true,
  };
}
