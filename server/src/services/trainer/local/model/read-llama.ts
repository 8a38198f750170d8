import { stat } from 'node:fs/promises';
import type { DescribedTensor, MetadataValue } from '../../../../models/model-description.ts';
import { MalformedGguf } from '../../../model-files/gguf-cursor.ts';
import { type GgufMetadata, readGgufMetadata } from '../../../model-files/gguf-metadata.ts';
import { weightTypes } from '../ggml/tensor-type.ts';
import { type LlamaShape, projections, projectionSize, weightName } from './llama-shape.ts';
import { told } from '../../../../errors/told.ts';
import { ToldError } from '../../../../errors/told-error.ts';

/** A base that cannot be trained here; the message is a sentence for people. */
export class UntrainableBase extends ToldError {}

const knownTypes: ReadonlySet<string> = new Set(weightTypes);

/** What of `llama.*` is understood or makes no difference to the weights; another key could change what is computed. */
const knownKeys = new Set([
  'context_length',
  'embedding_length',
  'block_count',
  'feed_forward_length',
  'attention.head_count',
  'attention.head_count_kv',
  'attention.layer_norm_rms_epsilon',
  'attention.key_length',
  'attention.value_length',
  'rope.dimension_count',
  'rope.freq_base',
  'vocab_size',
  'tensor_data_layout',
]);
/** Keys that are fine with the value that switches them off. */
const neutralValues: Readonly<Record<string, MetadataValue>> = {
  expert_count: 0,
  expert_used_count: 0,
  'rope.scaling.type': 'none',
  'rope.scaling.factor': 1,
  'rope.scale_linear': 1,
};

/**
 * Reads what a base is. Rejects with `UntrainableBase` for anything but a dense LLaMA whose every number is understood:
 * a model that is computed otherwise would be trained wrongly without a word.
 */
export async function readLlama(path: string): Promise<LlamaShape> {
  try {
    const { size } = await stat(path);
    return llamaOf(await readGgufMetadata(path), size);
  } catch (error) {
    if (error instanceof MalformedGguf)
      throw new UntrainableBase(told`The file of the base is broken: ${error.reason}.`);
    throw error;
  }
}

function llamaOf({ metadata, tensors }: GgufMetadata, fileBytes: number): LlamaShape {
  const architecture = metadata.get('general.architecture');
  if (metadata.get('general.type') === 'adapter') throw new UntrainableBase(told`The base is itself an adapter.`);
  if (architecture !== 'llama')
    throw new UntrainableBase(told`The architecture ${String(architecture)} is not trained here.`);
  checkKeys(metadata);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const shape = shapeOf(metadata, { byName, fileBytes });
  checkSizes(shape);
  checkTensors(shape);
  return shape;
}

function checkKeys(metadata: GgufMetadata['metadata']): void {
  for (const [name, value] of metadata) {
    if (!name.startsWith('llama.')) continue;
    const key = name.slice('llama.'.length);
    if (!knownKeys.has(key) && neutralValues[key] !== value) {
      throw new UntrainableBase(told`The base has the setting ${name}, which is not trained here.`);
    }
  }
}

function shapeOf(
  metadata: GgufMetadata['metadata'],
  { byName, fileBytes }: { byName: ReadonlyMap<string, DescribedTensor>; fileBytes: number },
): LlamaShape {
  const number = (key: string, otherwise?: number): number => {
    const value = metadata.get(`llama.${key}`) ?? otherwise;
    if (typeof value === 'number' && value > 0) return value;
    throw new UntrainableBase(told`The setting llama.${key} of the base is not one positive number.`);
  };
  const width = number('embedding_length');
  const heads = number('attention.head_count');
  const headWidth = number('attention.key_length', width / heads);
  if (number('attention.value_length', headWidth) !== headWidth) {
    throw new UntrainableBase(told`Keys and values of the base have different lengths, which is not trained here.`);
  }
  return {
    layers: number('block_count'),
    width,
    heads,
    keyValueHeads: number('attention.head_count_kv', heads),
    headWidth,
    feedForward: number('feed_forward_length'),
    vocabulary: byName.get('token_embd.weight')?.shape[1] ?? 0,
    contextTokens: number('context_length'),
    epsilon: number('attention.layer_norm_rms_epsilon'),
    ropeBase: number('rope.freq_base', 10_000),
    ropeWidth: number('rope.dimension_count', headWidth),
    outputName: byName.has('output.weight') ? 'output.weight' : 'token_embd.weight',
    hasRopeFactors: byName.has('rope_freqs.weight'),
    tensors: byName,
    fileBytes,
  };
}

function checkSizes({ layers, heads, keyValueHeads, headWidth, ropeWidth, tensors }: LlamaShape): void {
  const fit = layers < tensors.size && heads % keyValueHeads === 0 && ropeWidth <= headWidth && ropeWidth % 2 === 0;
  if (!fit) throw new UntrainableBase(told`The sizes that the base gives of itself do not fit together.`);
}

function checkTensors(shape: LlamaShape): void {
  const expected = expectedTensors(shape);
  for (const [name, { type }] of shape.tensors) {
    const lengths = expected.get(name);
    if (lengths === undefined)
      throw new UntrainableBase(told`The base has the tensor ${name}, which is not trained here.`);
    const isFine = lengths.length === 1 ? type === 'F32' : knownTypes.has(type);
    if (!isFine) throw new UntrainableBase(told`The tensor ${name} has the type ${type}, which is not trained here.`);
  }
  for (const [name, lengths] of expected) {
    const tensor = shape.tensors.get(name);
    if (tensor === undefined) throw new UntrainableBase(told`The base has no tensor ${name}.`);
    if (tensor.shape.join() !== lengths.join())
      throw new UntrainableBase(told`The tensor ${name} has an unexpected shape.`);
  }
}

/** Names and shapes, fastest dimension first. */
function expectedTensors(shape: LlamaShape): Map<string, readonly number[]> {
  const { width, vocabulary, ropeWidth } = shape;
  const expected = new Map<string, readonly number[]>([
    ['token_embd.weight', [width, vocabulary]],
    ['output_norm.weight', [width]],
    [shape.outputName, [width, vocabulary]],
  ]);
  if (shape.hasRopeFactors) expected.set('rope_freqs.weight', [ropeWidth / 2]);
  for (let layer = 0; layer < shape.layers; layer++) {
    expected.set(weightName(layer, 'attn_norm'), [width]);
    expected.set(weightName(layer, 'ffn_norm'), [width]);
    for (const projection of projections) {
      const { from, to } = projectionSize(shape, projection);
      expected.set(weightName(layer, projection), [from, to]);
    }
  }
  return expected;
}
