import type { ModelProfile } from '../../models/language-model.ts';

/**
 * The name under which an index keeps the vectors of a model: another file under the same name makes other vectors, which
 * are never compared with those of before.
 */
export function vectorSpace({ name, sha256, bytes }: Pick<ModelProfile, 'name' | 'sha256' | 'bytes'>): string {
  const file = sha256 ?? bytes;
  return file === null ? name : `${name}@${file}`;
}
