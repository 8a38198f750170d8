import type { LibraryModel, RunningModel } from '../../../core/model-library/model-library.ts';
import { isModelName } from '../../../core/personas/persona-base.ts';

/** Of `GET /api/tags`. */
export function listedBody(model: LibraryModel): object {
  const { name, modifiedAt, bytes, digest, description, capabilities } = model;
  const { contextTokens = null, embeddingDimensions = null } = description ?? {};
  return {
    name,
    model: name,
    modified_at: modifiedAt.toISOString(),
    size: bytes,
    digest,
    details: {
      ...detailsBody(model),
      ...(contextTokens === null ? {} : { context_length: contextTokens }),
      ...(embeddingDimensions === null ? {} : { embedding_length: embeddingDimensions }),
    },
    capabilities,
  };
}

/** As far away as Ollama's own "for ever": some clients count the years. */
const forEver = new Date('2318-01-01T00:00:00Z');

/** Of `GET /api/ps`. */
export function runningBody({ model, bytes, contextTokens, expiresAt }: RunningModel): object {
  return {
    name: model.name,
    model: model.name,
    size: bytes ?? 0,
    digest: model.digest,
    details: detailsBody(model),
    expires_at: (expiresAt ?? forEver).toISOString(),
    size_vram: 0,
    context_length: contextTokens ?? 0,
  };
}

export function detailsBody({ persona, description }: LibraryModel): object {
  return {
    parent_model: baseName(persona?.base ?? null),
    format: description?.format ?? '',
    family: description?.family ?? '',
    families: description === null ? null : [description.family],
    parameter_size: description?.parameterSize ?? '',
    quantization_level: description?.quantization ?? '',
  };
}

/** Without the paths of the machine. */
export function baseName(base: string | null): string {
  return base !== null && isModelName(base) ? base : '';
}
