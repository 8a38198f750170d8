import { bytesOf, type Tensor, type TensorKind, writeGguf } from './gguf-writer.ts';
import { llamaEntries, type LlamaShape, llamaTensors, type Vocabulary } from './llama-layout.ts';
import { createRandom, randomWeights } from './random-weights.ts';

/** The shape of a LLaMA with random weights. */
export interface SyntheticShape extends LlamaShape {
  /** With the special tokens of a model that fills gaps. */
  infill?: boolean;
  /** Layers add nothing: what follows a token depends on that token alone, and can be computed by hand. */
  isBare?: boolean;
  /** How its matrices are kept, if not as Q8_0. */
  kind?: TensorKind;
}

/** 162.8M parameters: the shape of SmolLM-135M with an output matrix of its own. */
export const shape135m: SyntheticShape = {
  width: 576,
  layers: 30,
  heads: 9,
  keyValueHeads: 3,
  feedForward: 1536,
  vocabulary: 49_152,
  contextTokens: 2048,
};

/** 1.2B parameters and an output matrix of its own: the shape of Llama 3.2 1B with half its vocabulary. */
export const shape1b: SyntheticShape = {
  width: 2048,
  layers: 16,
  heads: 32,
  keyValueHeads: 8,
  feedForward: 8192,
  vocabulary: 65_536,
  contextTokens: 2048,
};

/** Small enough to be written and loaded in a moment. */
export const tinyShape: SyntheticShape = {
  width: 64,
  layers: 2,
  heads: 2,
  keyValueHeads: 2,
  feedForward: 128,
  vocabulary: 512,
  contextTokens: 4096,
};

const infillTokens = ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>'];
const specialTokens = ['<|begin|>', '<|end|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'];
const template =
  "{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] + '<|eot_id|>' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

/**
 * Writes a LLaMA of random weights as GGUF: speed depends on the shape, not on what the weights say. It never ends
 * an answer by itself, since the rows of the special tokens in its output matrix are zero.
 */
export async function writeSyntheticGguf(path: string, shape: SyntheticShape): Promise<void> {
  const random = createRandom();
  await writeGguf(path, {
    entries: llamaEntries(shape, {
      name: 'random weights',
      vocabulary: vocabularyOf(shape),
      template,
      normEpsilon: 1e-5,
      ropeBase: 10_000,
    }),
    tensors: llamaTensors(shape, shape.kind ?? 'q8'),
    data(tensor) {
      if (tensor.dimensions.length === 1) return ones(tensor);
      const weights = randomWeights(tensor, random);
      if (shape.isBare === true && /attn_output|ffn_down/.test(tensor.name)) weights.fill(0);
      if (tensor.name === 'output.weight') {
        const rows = [shape.width, specialTokensOf(shape).length];
        weights.fill(0, 0, bytesOf({ ...tensor, dimensions: rows }));
      }
      return weights;
    },
  });
}

function specialTokensOf({ infill = false }: SyntheticShape): string[] {
  return infill ? [...specialTokens, ...infillTokens] : specialTokens;
}

/** Special tokens, the 256 bytes as GPT-2 writes them, and words that nothing merges into. */
function vocabularyOf(shape: SyntheticShape): Vocabulary {
  const special = specialTokensOf(shape);
  const bytes = Array.from({ length: 256 }, (_, byte) => byteCharacter(byte));
  const known = [...special, ...bytes, 'Ġa', 'Ġe'];
  const tokens = [...known, ...unusedWords(shape.vocabulary - known.length)];
  return {
    tokens,
    kinds: tokens.map((_, index) => (index < special.length ? 3 : 1)),
    merges: ['Ġ a', 'Ġ e'],
    begin: 0,
    end: 1,
    endOfTurn: specialTokens.indexOf('<|eot_id|>'),
  };
}

/** Tokens that no text has, since nothing merges into them: they make a vocabulary as large as others are. */
export function unusedWords(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Ġw${index}`);
}

/** Source: `bytes_to_unicode` of GPT-2. */
function byteCharacter(byte: number): string {
  if (isPrintable(byte)) return String.fromCodePoint(byte);
  let unprintableBefore = 0;
  for (let value = 0; value < byte; value++) if (!isPrintable(value)) unprintableBefore++;
  return String.fromCodePoint(256 + unprintableBefore);
}

function isPrintable(byte: number): boolean {
  return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
}

function ones(tensor: Tensor): Buffer {
  return Buffer.from(new Float32Array(bytesOf(tensor) / 4).fill(1).buffer);
}
