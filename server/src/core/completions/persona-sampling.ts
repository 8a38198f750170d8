import type { SamplingOptions } from '../../models/language-model.ts';
import type { Persona, PersonaParameters } from '../../models/persona.ts';
import type { CompletionRequest } from './completions.ts';

/** A persona's number parameters, by the names of a Modelfile, and what they are here. */
const numberFields = {
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  min_p: 'minP',
  typical_p: 'typicalP',
  repeat_penalty: 'repeatPenalty',
  repeat_last_n: 'repeatLastN',
  presence_penalty: 'presencePenalty',
  frequency_penalty: 'frequencyPenalty',
} as const satisfies Record<string, keyof SamplingOptions>;

/** What the caller asked for over the persona's parameters over what the dialect promises; undefined fields count as unsaid. */
export function samplingOf(
  { sampling, usual }: Pick<CompletionRequest, 'sampling' | 'usual'>,
  persona: Persona | undefined,
): SamplingOptions {
  const asked = Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
  return { ...usual, ...fromParameters(persona?.parameters ?? {}), ...asked };
}

/** Tokens of context that the persona wants; undefined when it does not say. */
export function contextTokensOf(persona: Persona | undefined): number | undefined {
  const tokens = persona?.parameters['num_ctx'];
  return typeof tokens === 'number' ? tokens : undefined;
}

function fromParameters(parameters: PersonaParameters): Partial<SamplingOptions> {
  const numbers = Object.entries(numberFields).flatMap(([name, field]) => {
    const value = parameters[name];
    return typeof value === 'number' ? [[field, value]] : [];
  });
  const { seed, stop, num_predict: maxTokens } = parameters;
  return {
    ...Object.fromEntries(numbers),
    ...(typeof seed === 'number' ? { seed: seed < 0 ? null : seed } : {}),
    ...(Array.isArray(stop) ? { stop } : typeof stop === 'string' ? { stop: [stop] } : {}),
    ...(typeof maxTokens === 'number' && maxTokens > 0 ? { maxTokens } : {}),
  };
}
