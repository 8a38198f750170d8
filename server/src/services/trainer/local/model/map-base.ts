import type { Tensor } from '../ggml/ggml-calls.ts';
import { mapFile } from '../ggml/map-file.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import type { LlamaShape } from './llama-shape.ts';

/** The frozen weights, read from the file where they are. */
export interface BaseWeights {
  /** Throws for a name that the file does not have. */
  get(name: string): StoredTensor;
}

export interface StoredTensor {
  tensor: Tensor;
  /** A number of `ggml_type`. */
  type: number;
  typeName: string;
  lengths: readonly number[];
}

/** Maps the file of a base that `readLlama` accepted. */
export function mapBase(ggml: Ggml, { path, shape }: { path: string; shape: LlamaShape }): BaseWeights {
  const { calls } = ggml;
  const file = calls.openFile(path, { no_alloc: true, ctx: null });
  if (file === null) throw new Error('ggml does not read the file of the base');
  const { address, bytes } = mapFile(path);
  const buffer = ggml.bufferOf(address, bytes);
  const context = ggml.newContext({ tensors: shape.tensors.size });
  const start = address + BigInt(calls.dataOffset(file));
  const stored = new Map<string, StoredTensor>();
  for (const { name, type: typeName, shape: lengths } of shape.tensors.values()) {
    const index = calls.findTensor(file, name);
    const type = calls.typeInFile(file, index);
    const [first = 1, second = 1] = lengths;
    const tensor =
      lengths.length === 1 ? calls.newVector(context, type, first) : calls.newMatrix(context, type, first, second);
    ggml.place(tensor, { buffer, address: start + BigInt(calls.offsetInData(file, index)) });
    stored.set(name, { tensor, type, typeName, lengths });
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
