import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { Principal } from '../../models/principal.ts';
import { isPermittedModel } from '../auth/permitted-models.ts';
import type { LanguageModels } from '../language-models/language-models.ts';

/**
 * The model that answers, of those that the key may use; null while it is not on this machine. Rejects with `forbidden`
 * for a model that is not among those of the key, and where none of its names is a model.
 */
export async function permittedModel(
  requested: string | undefined,
  principal: Principal,
  models: Pick<LanguageModels, 'forAnswers'>,
): Promise<ModelProfile | null> {
  if (requested === undefined) {
    const usual = await usualModel(principal, models);
    if (usual === undefined) throw forbiddenModel(principal.models?.[0] ?? '');
    return usual;
  }
  if (!isPermittedModel([requested], principal)) throw forbiddenModel(requested);
  return unlessMissing(models.forAnswers(requested));
}

/**
 * The configured model where the key may use it, or else the first on this machine that it may; null while there is none,
 * undefined where none of its names is a model: they may be personas.
 */
export async function usualModel(
  principal: Principal,
  models: Pick<LanguageModels, 'forAnswers'>,
): Promise<ModelProfile | null | undefined> {
  const configured = await unlessMissing(models.forAnswers());
  if (configured === null || isPermittedModel([configured.name], principal)) return configured;
  let usual: null | undefined;
  for (const name of principal.models ?? []) {
    try {
      const found = await unlessMissing(models.forAnswers(name));
      if (found !== null) return found;
      usual = null;
    } catch (error) {
      if (!isAppError(error, 'model_unknown')) throw error;
    }
  }
  return usual;
}

/** null while the model is not on this machine. */
export async function unlessMissing(profile: Promise<ModelProfile>): Promise<ModelProfile | null> {
  try {
    return await profile;
  } catch (error) {
    if (isAppError(error, 'model_unavailable')) return null;
    throw error;
  }
}

function forbiddenModel(name: string): AppError {
  return new AppError('forbidden', { detail: told`This key may not use the model "${name}".` });
}
