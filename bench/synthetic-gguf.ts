import { type FileHandle, open } from 'node:fs/promises';

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

const alignment = 32;
const q8Block = 32;
const q8BlockBytes = 34;
const type = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const tensorType = { f32: 0, q8: 8 } as const;
const specialTokens = ['<|begin|>', '<|end|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'];
const template =
  "{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] + '<|eot_id|>' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

interface Tensor {
  name: string;
  /** Fastest dimension first. */
  dimensions: readonly number[];
  kind: keyof typeof tensorType;
}

/**
 * Writes a LLaMA of random Q8_0 weights as GGUF: speed depends on the shape, not on what the weights say. It never ends
 * an answer by itself, since the rows of the special tokens in its output matrix are zero.
 */
export async function writeSyntheticGguf(path: string, shape: SyntheticShape): Promise<void> {
  const tensors = tensorsOf(shape);
  const file = await open(path, 'w');
  try {
    let offset = await append(file, header(shape, tensors));
    offset += await append(file, Buffer.alloc(padding(offset)));
    const random = createRandom();
    for (const tensor of tensors) {
      const data = tensor.kind === 'f32' ? ones(tensor) : randomBlocks(tensor, random);
      if (tensor.name === 'output.weight')
        data.fill(0, 0, (specialTokens.length * shape.width * q8BlockBytes) / q8Block);
      offset += await append(file, data);
      offset += await append(file, Buffer.alloc(padding(offset)));
    }
  } finally {
    await file.close();
  }
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

function header(shape: SyntheticShape, tensors: readonly Tensor[]): Buffer {
  const entries = metadata(shape);
  let offset = 0;
  const infos = tensors.map((tensor) => {
    const info = tensorInfo(tensor, offset);
    const bytes = bytesOf(tensor);
    offset += bytes + padding(bytes);
    return info;
  });
  return Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length), ...entries, ...infos]);
}

function metadata(shape: SyntheticShape): Buffer[] {
  const { tokens, merges } = vocabularyOf(shape.vocabulary);
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
  const kinds = tokens.map((_, index) => (index < specialTokens.length ? 3 : 1));
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

/** Special tokens, the 256 bytes as GPT-2 writes them, and words that nothing merges into. */
function vocabularyOf(size: number): { tokens: string[]; merges: string[] } {
  const bytes = Array.from({ length: 256 }, (_, byte) => byteCharacter(byte));
  const known = [...specialTokens, ...bytes, 'Ġa', 'Ġe'];
  const words = Array.from({ length: size - known.length }, (_, index) => `Ġw${index}`);
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

function bytesOf({ dimensions, kind }: Tensor): number {
  const values = dimensions.reduce((product, dimension) => product * dimension, 1);
  return kind === 'f32' ? values * 4 : (values / q8Block) * q8BlockBytes;
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

function tensorInfo({ name, dimensions, kind }: Tensor, offset: number): Buffer {
  return Buffer.concat([
    text(name),
    u32(dimensions.length),
    ...dimensions.map(u64),
    u32(tensorType[kind]),
    u64(offset),
  ]);
}

function entry(key: string, kind: number, value: Buffer): Buffer {
  return Buffer.concat([text(key), u32(kind), value]);
}

function array(kind: number, values: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(kind), u64(values.length), ...values]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function padding(length: number): number {
  return (alignment - (length % alignment)) % alignment;
}

async function append(file: FileHandle, data: Buffer): Promise<number> {
  await file.write(data);
  return data.length;
}
