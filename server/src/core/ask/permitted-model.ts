import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { Principal } from '../../models/principal.ts';
import type { LanguageModels } from '../language-models/language-models.ts';

/**
 * The model that answers, of those that the key may use; null while it is not on this machine. Rejects with `forbidden`
 * for a model that is not among those of the key.
 */
export async function permittedModel(
  requested: string | undefined,
  principal: Principal,
  models: Pick<LanguageModels, 'forAnswers'>,
): Promise<ModelProfile | null> {
  const allowed = principal.models;
  if (requested !== undefined && allowed !== null && !allowed.includes(requested)) throw forbiddenModel(requested);
  try {
    const profile = await models.forAnswers(requested);
    if (allowed === null || allowed.includes(profile.name)) return profile;
    if (allowed[0] === undefined) throw forbiddenModel(profile.name);
    return await models.forAnswers(allowed[0]);
  } catch (error) {
    if (isAppError(error, 'model_unavailable')) return null;
    throw error;
  }
}

function forbiddenModel(name: string): AppError {
  return new AppError('forbidden', { detail: told`This key may not use the model "${name}".` });
}
