import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import { parseModelName, shortModelName } from '../../models/model-name.ts';
import type { Persona } from '../../models/persona.ts';
import type { Principal } from '../../models/principal.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import type { Personas } from '../personas/personas.ts';
import type { AdaptersInForce } from '../training/adapters-in-force.ts';
import type { CallContext, ChosenModel, CompletionPrompt } from './completions.ts';
import type { Maestro } from './maestro.ts';

export interface ChoosePorts {
  personas: Pick<Personas, 'find'>;
  models: LanguageModels;
  adapters: Pick<AdaptersInForce, 'over'>;
  /** undefined: a persona without a base answers with the configured model. */
  maestro: Maestro | undefined;
}

interface ChoiceRequest {
  model: string;
  prompt: CompletionPrompt;
  conversation?: string | undefined;
}

export interface Chosen {
  profile: ModelProfile;
  persona: Persona | undefined;
  /** The digest of the adapter over the model: of the persona, or else the one that training put in force. */
  adapter: string | undefined;
  route: ChosenModel['route'];
}

/** What a name stands for, with the adapter that answers over it. */
export async function chooseModel(request: ChoiceRequest, context: CallContext, ports: ChoosePorts): Promise<Chosen> {
  const chosen = await chooseProfile(request, context, ports);
  const adapter = chosen.persona?.adapter ?? (await ports.adapters.over(chosen.profile));
  return { ...chosen, adapter };
}

/** What a name stands for: a persona, over its base or over what the difficulty of the prompt asks for, or a model. */
async function chooseProfile(
  { model, prompt, conversation }: ChoiceRequest,
  context: CallContext,
  { personas, models, maestro }: ChoosePorts,
): Promise<Omit<Chosen, 'adapter'>> {
  const persona = await personas.find(model);
  const names = [model, persona?.base].filter((name) => typeof name === 'string');
  assertPermitted(names, context.principal);
  if (persona === undefined) {
    const profile = await models.named(model, { kind: 'language', trusted: false });
    return { profile, persona, route: null };
  }
  if (persona.base !== null) {
    const profile = await models.named(persona.base, { kind: 'language', trusted: true });
    return { profile, persona, route: null };
  }
  if (maestro === undefined || persona.pinned) return { profile: await models.forAnswers(), persona, route: null };
  const { model: name, ...route } = await maestro.choose(prompt, { ...context, conversation });
  return { profile: await models.named(name, { kind: 'language', trusted: true }), persona, route };
}

/** Rejects with `forbidden` unless the key may use one of the names: a persona, or the model under it. */
export function assertPermitted(names: readonly string[], principal: Principal): void {
  if (isPermitted(names, principal)) return;
  const detail = told`This key may not use the model "${names[0]!}": GET /v1/models or /api/tags lists those it may use.`;
  throw new AppError('forbidden', { detail });
}

/** Whether the key may use one of the names. */
export function isPermitted(names: readonly string[], { models }: Principal): boolean {
  if (models === null) return true;
  const allowed = new Set(models.map(comparableName));
  return names.some((name) => allowed.has(comparableName(name)));
}

/** The same text for every way to write the same name. */
export function comparableName(name: string): string {
  const parsed = parseModelName(name);
  return (parsed === undefined ? name : shortModelName(parsed)).toLowerCase();
}
