import { readFile } from 'node:fs/promises';
import type { MetadataValue } from '@billumy/server/models/model-description';
import { readGgufMetadata } from '@billumy/server/services/model-files/gguf-metadata';
import type { LlamaIdentity, LlamaShape } from './llama-layout.ts';
import { fromHalf } from './number-formats.ts';

/** A LLaMA of F16 matrices, read into memory. */
export interface TrainedLlama {
  shape: LlamaShape;
  identity: LlamaIdentity;
  /** Undefined when there is no such tensor. */
  find(name: string): TrainedTensor | undefined;
}

export interface TrainedTensor {
  /** The length of its rows; a vector is one row. */
  width: number;
  rows: number;
  row(index: number): Float32Array;
}

const alignment = 32;

export async function readTrainedLlama(path: string): Promise<TrainedLlama> {
  const { metadata, tensors, offsets, metadataEnd } = await readGgufMetadata(path, { verbose: true });
  const file = await readFile(path);
  const weightsStart = Math.ceil(metadataEnd / alignment) * alignment;
  return {
    ...describe(metadata),
    find(name) {
      const tensor = tensors.find((one) => one.name === name);
      if (tensor === undefined) return undefined;
      const { type, shape: lengths } = tensor;
      if (type !== 'F16' && type !== 'F32') throw new Error(`${name} is kept as ${type}`);
      const [width = 1, rows = 1] = lengths;
      const start = weightsStart + (offsets.get(name) ?? 0);
      const read = (index: number): number =>
        type === 'F16' ? fromHalf(file.readUInt16LE(start + index * 2)) : file.readFloatLE(start + index * 4);
      return {
        width,
        rows,
        row: (row) => Float32Array.from({ length: width }, (_, column) => read(row * width + column)),
      };
    },
  };
}

function describe(metadata: ReadonlyMap<string, MetadataValue>): Pick<TrainedLlama, 'shape' | 'identity'> {
  const number = (key: string): number => Number(metadata.get(key));
  const list = (key: string): readonly (string | number | boolean)[] => {
    const value = metadata.get(key);
    if (typeof value !== 'object') throw new Error(`the model has no ${key}`);
    return value;
  };
  return {
    shape: {
      width: number('llama.embedding_length'),
      layers: number('llama.block_count'),
      heads: number('llama.attention.head_count'),
      keyValueHeads: number('llama.attention.head_count_kv'),
      feedForward: number('llama.feed_forward_length'),
      vocabulary: list('tokenizer.ggml.tokens').length,
      contextTokens: number('llama.context_length'),
    },
    identity: {
      name: String(metadata.get('general.name')),
      template: String(metadata.get('tokenizer.chat_template')),
      normEpsilon: number('llama.attention.layer_norm_rms_epsilon'),
      ropeBase: number('llama.rope.freq_base'),
      vocabulary: {
        tokens: list('tokenizer.ggml.tokens').map(String),
        kinds: list('tokenizer.ggml.token_type').map(Number),
        merges: list('tokenizer.ggml.merges').map(String),
        begin: number('tokenizer.ggml.bos_token_id'),
        end: number('tokenizer.ggml.eos_token_id'),
        endOfTurn: number('tokenizer.ggml.eot_token_id'),
      },
    },
  };
}
