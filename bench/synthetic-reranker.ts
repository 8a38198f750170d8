import { array, bytesOf, entry, f32, type Tensor, text, type, u32, writeGguf } from './gguf-writer.ts';

const width = 32;
const feedForward = 64;
const contextTokens = 128;
const rankPooling = 4;
const specialTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
/** Whole words begin with this sign in the vocabulary of llama.cpp, their continuations do not. */
const words = [...specialTokens, ...letters.map((letter) => `\u2581${letter}`), ...letters];

/** Writes a tiny reranker of fixed weights: its judgement is worth nothing, its form is that of a real one. */
export async function writeSyntheticReranker(path: string): Promise<void> {
  await writeGguf(path, { entries: metadata(), tensors: tensors(), data: weights });
}

function tensors(): Tensor[] {
  return [
    tensor('token_embd.weight', width, words.length),
    tensor('token_types.weight', width, 2),
    tensor('position_embd.weight', width, contextTokens),
    ...pair('token_embd_norm', width),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].flatMap((name) => pair(`blk.0.${name}`, width, width)),
    ...pair('blk.0.attn_output_norm', width),
    ...pair('blk.0.ffn_up', width, feedForward),
    ...pair('blk.0.ffn_down', feedForward, width),
    ...pair('blk.0.layer_output_norm', width),
    ...pair('cls', width, width),
    ...pair('cls.output', width, 1),
  ];
}

function pair(name: string, ...dimensions: number[]): Tensor[] {
  return [tensor(`${name}.weight`, ...dimensions), tensor(`${name}.bias`, dimensions.at(-1) ?? 1)];
}

function tensor(name: string, ...dimensions: number[]): Tensor {
  return { name, dimensions, kind: 'f32' };
}

function weights(target: Tensor): Buffer {
  const isNorm = target.name.endsWith('norm.weight');
  const values = Float32Array.from({ length: bytesOf(target) / 4 }, (_, index) =>
    isNorm ? 1 : Math.sin(index * 12.9898 + target.name.length * 78.233) * 0.3,
  );
  return Buffer.from(values.buffer);
}

function metadata(): Buffer[] {
  const numbers: Record<string, number> = {
    'bert.context_length': contextTokens,
    'bert.embedding_length': width,
    'bert.feed_forward_length': feedForward,
    'bert.block_count': 1,
    'bert.attention.head_count': 2,
    'bert.pooling_type': rankPooling,
    'tokenizer.ggml.token_type_count': 2,
    'tokenizer.ggml.bos_token_id': specialTokens.indexOf('[CLS]'),
    'tokenizer.ggml.cls_token_id': specialTokens.indexOf('[CLS]'),
    'tokenizer.ggml.eos_token_id': specialTokens.indexOf('[SEP]'),
    'tokenizer.ggml.seperator_token_id': specialTokens.indexOf('[SEP]'),
    'tokenizer.ggml.unknown_token_id': specialTokens.indexOf('[UNK]'),
    'tokenizer.ggml.padding_token_id': specialTokens.indexOf('[PAD]'),
  };
  const kinds = words.map((_, index) => (index < specialTokens.length ? 3 : 1));
  return [
    entry('general.architecture', type.string, text('bert')),
    entry('general.name', type.string, text('fixed weights')),
    ...Object.entries(numbers).map(([key, value]) => entry(key, type.uint32, u32(value))),
    entry('bert.attention.layer_norm_epsilon', type.float32, f32(1e-12)),
    entry('bert.attention.causal', type.bool, Buffer.of(0)),
    entry('tokenizer.ggml.model', type.string, text('bert')),
    entry('tokenizer.ggml.tokens', type.array, array(type.string, words.map(text))),
    entry('tokenizer.ggml.token_type', type.array, array(type.int32, kinds.map(u32))),
  ];
}
