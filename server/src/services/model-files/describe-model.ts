import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ModelDescription } from '../../models/model-description.ts';
import { describeContent } from './describe-content.ts';
import { MalformedGguf } from './gguf-cursor.ts';
import type { GgufFiles } from './gguf-files.ts';
import { readGgufMetadata } from './gguf-metadata.ts';
import { fileTypeName, shortCount } from './gguf-types.ts';
import type { ResolvedModel } from './resolve-name.ts';

/** Describes a model whose file is there; `verbose`: with the long arrays of its metadata, such as the vocabulary. */
export async function describeModel(
  { path, profile }: ResolvedModel,
  { verbose, ggufs }: { verbose: boolean; ggufs: GgufFiles },
): Promise<ModelDescription> {
  try {
    const file = await ggufs.read(path);
    const { kind: _kind, name: _name, licence: _licence, ...described } = describeContent(file);
    const { metadata } = verbose ? await readGgufMetadata(path, { verbose }) : file;
    return {
      profile,
      ...described,
      digest: profile.sha256 ?? (await ggufs.sha256(path)),
      bytes: file.bytes,
      modifiedAt: file.modifiedAt,
      format: 'gguf',
      parameterSize: shortCount(file.parameters),
      quantization: fileTypeName(metadata.get('general.file_type')),
      metadata: { ...Object.fromEntries(metadata), 'general.parameter_count': file.parameters },
      tensors: file.tensors,
    };
  } catch (error) {
    throw asUnavailable(error);
  }
}

function asUnavailable(error: unknown): AppError {
  if (isAppError(error)) return error;
  const detail =
    error instanceof MalformedGguf
      ? told`The file of this model cannot be used: ${error.reason}.`
      : told`The file of this model is not there, or cannot be read.`;
  return new AppError('model_unavailable', { detail, cause: error });
}
