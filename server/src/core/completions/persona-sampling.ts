import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ModelParameters, ModelProfile, SamplingOptions } from '../../models/language-model.ts';
import { samplingOfOptions } from '../../models/ollama-options.ts';
import type { Persona } from '../../models/persona.ts';
import type { CompletionRequest } from './completions.ts';

const mostStops = 64;
const mostStopCharacters = 10_000;

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

/** The text is searched for each of them at every token: many would keep other callers waiting. Fails with `invalid_request`. */
export function assertFewStops(stop: readonly string[]): void {
  const characters = stop.reduce((sum, text) => sum + text.length, 0);
  if (stop.length <= mostStops && characters <= mostStopCharacters) return;
  const most = mostStopCharacters.toLocaleString('en-GB');
  throw new AppError('invalid_request', {
    detail: told`At most ${mostStops} stop strings are taken, of ${most} characters together: leave some out.`,
  });
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
