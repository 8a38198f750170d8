import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { Persona } from '../../models/persona.ts';
import type { Principal } from '../../models/principal.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import { isPermittedModel } from '../auth/permitted-models.ts';
import { namesOf } from '../personas/names-of.ts';
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
  const chosen = await chooseProfile({ ...request, kind: 'language' }, context, ports);
  const adapter = chosen.persona?.adapter ?? (await ports.adapters.over(chosen.profile));
  return { ...chosen, adapter };
}

/**
 * A model of that kind by its own name or by that of a persona over it, such as a copy. Rejects with `forbidden`, and as
 * `LanguageModels.named` does.
 */
export async function modelOfKind(
  { model, kind }: Pick<ProfileRequest, 'model' | 'kind'>,
  context: CallContext,
  ports: ChoosePorts,
): Promise<ModelProfile> {
  return (await chooseProfile({ model, kind, prompt: { type: 'raw', text: '' } }, context, ports)).profile;
}

type ProfileRequest = ChoiceRequest & { kind: ModelProfile['kind'] | 'any' };

/** What a name stands for: a persona, over its base or over what the difficulty of the prompt asks for, or a model. */
async function chooseProfile(
  { model, kind, prompt, conversation }: ProfileRequest,
  context: CallContext,
  { personas, models, maestro }: ChoosePorts,
): Promise<Omit<Chosen, 'adapter'>> {
  const persona = await personas.find(model);
  assertPermitted(persona === undefined ? [model] : namesOf(persona), context.principal);
  if (persona === undefined) {
    return { profile: await models.named(model, { kind, trusted: false }), persona, route: null };
  }
  if (persona.base !== null) {
    return { profile: await models.named(persona.base, { kind, trusted: true }), persona, route: null };
  }
  if (maestro === undefined || persona.pinned) {
    const profile = await models.forAnswers();
    const isWanted = kind === 'language' || kind === 'any';
    return {
      profile: isWanted ? profile : await models.named(profile.name, { kind, trusted: true }),
      persona,
      route: null,
    };
  }
  const { model: name, ...route } = await maestro.choose(prompt, { ...context, conversation });
  return { profile: await models.named(name, { kind, trusted: true }), persona, route };
}

/** Rejects with `forbidden` unless the key may use one of the names: a persona, or the model under it. */
export function assertPermitted(names: readonly string[], principal: Principal): void {
  if (isPermittedModel(names, principal)) return;
  const detail = told`This key may not use the model "${names[0]!}": GET /v1/models or /api/tags lists those it may use.`;
  throw new AppError('forbidden', { detail });
}
