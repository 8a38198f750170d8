import type { ModelProfile } from '../../models/language-model.ts';
import type { Principal } from '../../models/principal.ts';
import { assertPermitted, type ChoosePorts } from './choose-model.ts';

/**
 * A model that does not answer but embeds or ranks, by its own name or by that of a persona over it, such as a copy.
 * Rejects with `forbidden`, and as `LanguageModels.named` does.
 */
export async function modelOfKind(
  name: string,
  kind: 'embedding' | 'reranker',
  { principal, personas, models }: Pick<ChoosePorts, 'personas' | 'models'> & { principal: Principal },
): Promise<ModelProfile> {
  const persona = await personas.find(name);
  if (persona === undefined) {
    assertPermitted([name], principal);
    return models.named(name, { kind, trusted: false });
  }
  const base = persona.base ?? (await models.forAnswers()).name;
  assertPermitted([name, base], principal);
  return models.named(base, { kind, trusted: true });
}
