import type { DescribedTensor } from '../../../../models/model-description.ts';
import type { Matrix } from '../ggml/fast-copy.ts';
import { mapFile } from '../ggml/map-file.ts';
import type { Ggml } from '../ggml/open-ggml.ts';

/** The frozen weights, read from the file where they are. */
export interface MappedWeights {
  /** Throws for a name that the file does not have. */
  get(name: string): StoredTensor;
}

/** A vector is a matrix of one row. */
export interface StoredTensor extends Matrix {
  /** Such as `Q4_K`. */
  typeName: string;
}

/** Maps a file whose every tensor has a known type, and one dimension or two. */
export function mapWeights(
  ggml: Ggml,
  { path, tensors }: { path: string; tensors: readonly DescribedTensor[] },
): MappedWeights {
  const { calls } = ggml;
  const file = calls.openFile(path, { no_alloc: true, ctx: null });
  if (file === null) throw new Error('ggml does not read the file of the base');
  const { address, bytes } = mapFile(path);
  const buffer = ggml.bufferOf(address, bytes);
  const context = ggml.newContext({ tensors: tensors.length });
  const start = address + BigInt(calls.dataOffset(file));
  const stored = new Map<string, StoredTensor>();
  for (const { name, type: typeName, shape: lengths } of tensors) {
    const index = calls.findTensor(file, name);
    const type = calls.typeInFile(file, index);
    const [first = 1, second = 1] = lengths;
    const tensor =
      lengths.length === 1 ? calls.newVector(context, type, first) : calls.newMatrix(context, type, first, second);
    ggml.place(tensor, { buffer, address: start + BigInt(calls.offsetInData(file, index)) });
    stored.set(name, { tensor, type, typeName, lengths: [first, second] });
  }
  calls.closeFile(file);
  return {
    get(name) {
      const found = stored.get(name);
      if (found === undefined) throw new Error(`the base has no ${name}`);
      return found;
    },
  };
}
