import {
  array,
  bytesOf,
  entry,
  f32,
  q8Block,
  q8BlockBytes,
  type Tensor,
  text,
  type,
  u32,
  writeGguf,
} from './gguf-writer.ts';

/** The shape of a LLaMA with random weights. */
export interface SyntheticShape {
  /** All sizes are multiples of 32, the block of Q8_0. */
  width: number;
  layers: number;
  heads: number;
  keyValueHeads: number;
  feedForward: number;
  vocabulary: number;
  contextTokens: number;
  /** With the special tokens of a model that fills gaps. */
  infill?: boolean;
  /** Layers add nothing: what follows a token depends on that token alone, and can be computed by hand. */
  isBare?: boolean;
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
 * Writes a LLaMA of random Q8_0 weights as GGUF: speed depends on the shape, not on what the weights say. It never ends
 * an answer by itself, since the rows of the special tokens in its output matrix are zero.
 */
export async function writeSyntheticGguf(path: string, shape: SyntheticShape): Promise<void> {
  const random = createRandom();
  await writeGguf(path, {
    entries: metadata(shape),
    tensors: tensorsOf(shape),
    data(tensor) {
      if (tensor.kind === 'f32') return ones(tensor);
      const blocks = randomBlocks(tensor, random);
      if (shape.isBare === true && /attn_output|ffn_down/.test(tensor.name)) blocks.fill(0);
      if (tensor.name === 'output.weight')
        blocks.fill(0, 0, (specialTokensOf(shape).length * shape.width * q8BlockBytes) / q8Block);
      return blocks;
    },
  });
}

function tensorsOf({ width, layers, heads, keyValueHeads, feedForward, vocabulary }: SyntheticShape): Tensor[] {
  const keyValueWidth = (width / heads) * keyValueHeads;
  const norm = (name: string): Tensor => ({ name, dimensions: [width], kind: 'f32' });
  const layer = (index: number): Tensor[] => [
    norm(`blk.${index}.attn_norm.weight`),
    matrix(`blk.${index}.attn_q.weight`, width, width),
    matrix(`blk.${index}.attn_k.weight`, width, keyValueWidth),
    matrix(`blk.${index}.attn_v.weight`, width, keyValueWidth),
    matrix(`blk.${index}.attn_output.weight`, width, width),
    norm(`blk.${index}.ffn_norm.weight`),
    matrix(`blk.${index}.ffn_gate.weight`, width, feedForward),
    matrix(`blk.${index}.ffn_up.weight`, width, feedForward),
    matrix(`blk.${index}.ffn_down.weight`, feedForward, width),
  ];
  return [
    matrix('token_embd.weight', width, vocabulary),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    norm('output_norm.weight'),
    matrix('output.weight', width, vocabulary),
  ];
}

function matrix(name: string, from: number, to: number): Tensor {
  return { name, dimensions: [from, to], kind: 'q8' };
}

function metadata(shape: SyntheticShape): Buffer[] {
  const { tokens, merges } = vocabularyOf(shape);
  const numbers: Record<string, number> = {
    'llama.context_length': shape.contextTokens,
    'llama.embedding_length': shape.width,
    'llama.block_count': shape.layers,
    'llama.feed_forward_length': shape.feedForward,
    'llama.attention.head_count': shape.heads,
    'llama.attention.head_count_kv': shape.keyValueHeads,
    'llama.rope.dimension_count': shape.width / shape.heads,
    'llama.vocab_size': shape.vocabulary,
    'tokenizer.ggml.bos_token_id': 0,
    'tokenizer.ggml.eos_token_id': 1,
    'tokenizer.ggml.eot_token_id': specialTokens.indexOf('<|eot_id|>'),
    'general.file_type': 7,
  };
  const texts: Record<string, string> = {
    'general.name': 'random weights',
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'gpt-2',
    'tokenizer.chat_template': template,
  };
  const kinds = tokens.map((_, index) => (index < specialTokensOf(shape).length ? 3 : 1));
  return [
    entry('general.architecture', type.string, text('llama')),
    ...Object.entries(texts).map(([key, value]) => entry(key, type.string, text(value))),
    ...Object.entries(numbers).map(([key, value]) => entry(key, type.uint32, u32(value))),
    entry('llama.attention.layer_norm_rms_epsilon', type.float32, f32(1e-5)),
    entry('tokenizer.ggml.add_bos_token', type.bool, Buffer.of(1)),
    entry('tokenizer.ggml.tokens', type.array, array(type.string, tokens.map(text))),
    entry('tokenizer.ggml.token_type', type.array, array(type.int32, kinds.map(u32))),
    entry('tokenizer.ggml.merges', type.array, array(type.string, merges.map(text))),
  ];
}

function specialTokensOf({ infill = false }: SyntheticShape): string[] {
  return infill ? [...specialTokens, ...infillTokens] : specialTokens;
}

/** Special tokens, the 256 bytes as GPT-2 writes them, and words that nothing merges into. */
function vocabularyOf(shape: SyntheticShape): { tokens: string[]; merges: string[] } {
  const bytes = Array.from({ length: 256 }, (_, byte) => byteCharacter(byte));
  const known = [...specialTokensOf(shape), ...bytes, 'Ġa', 'Ġe'];
  const words = Array.from({ length: shape.vocabulary - known.length }, (_, index) => `Ġw${index}`);
  return { tokens: [...known, ...words], merges: ['Ġ a', 'Ġ e'] };
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

/** Halves that give random bytes, whose spread is 73.3, the spread of a trained matrix: 0.02. */
const matrixScale = 0x0c78;
/** Embeddings are spread by 1, so that each token leads to another: else the model repeats one token for ever. */
const embeddingScale = 0x22fc;

function randomBlocks(tensor: Tensor, random: () => number): Buffer {
  const data = Buffer.alloc(bytesOf(tensor));
  const scale = tensor.name === 'token_embd.weight' ? embeddingScale : matrixScale;
  for (let start = 0; start < data.length; start += q8BlockBytes) {
    data.writeUInt16LE(scale, start);
    for (let place = 2; place < q8BlockBytes; place += 4) data.writeUInt32LE(random(), start + place);
  }
  return data;
}

/** xorshift32: the same weights every time. */
function createRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
