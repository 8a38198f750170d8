import type { ModelParameters, ModelProfile, SamplingOptions } from '../../models/language-model.ts';
import { samplingOfOptions } from '../../models/ollama-options.ts';
import type { Persona } from '../../models/persona.ts';
import type { CompletionRequest } from './completions.ts';

/**
 * What the caller asked for over the persona's parameters, over those of its model, over what the dialect promises;
 * undefined fields count as unsaid.
 */
export function samplingOf(
  { sampling, usual }: Pick<CompletionRequest, 'sampling' | 'usual'>,
  { profile, persona }: { profile: ModelProfile; persona: Persona | undefined },
): SamplingOptions {
  const asked = Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
  return { ...usual, ...fromParameters({ ...profile.parameters, ...persona?.parameters }), ...asked };
}

/** Tokens of context that the persona wants; undefined when it does not say. */
export function contextTokensOf(persona: Persona | undefined): number | undefined {
  const tokens = persona?.parameters['num_ctx'];
  return typeof tokens === 'number' ? tokens : undefined;
}

function fromParameters(parameters: ModelParameters): Partial<SamplingOptions> {
  const { num_predict: maxTokens } = parameters;
  return {
    ...samplingOfOptions(parameters),
    ...(typeof maxTokens === 'number' && maxTokens > 0 ? { maxTokens } : {}),
  };
}
