import { array, entry, f32, type Tensor, type TensorKind, text, type, u32 } from './gguf-writer.ts';

/** The sizes of a LLaMA; all are multiples of 32, the block of Q8_0, or of 256 for K-quants. */
export interface LlamaShape {
  width: number;
  layers: number;
  heads: number;
  keyValueHeads: number;
  feedForward: number;
  vocabulary: number;
  contextTokens: number;
}

/** What a LLaMA is beside its sizes and weights. */
export interface LlamaIdentity {
  name: string;
  vocabulary: Vocabulary;
  template: string;
  normEpsilon: number;
  ropeBase: number;
}

export interface Vocabulary {
  tokens: readonly string[];
  /** 1 for text, 3 for a special token. */
  kinds: readonly number[];
  merges: readonly string[];
  begin: number;
  end: number;
  endOfTurn: number;
}

/** The tensors of a LLaMA that has an output matrix of its own, in the order of llama.cpp. */
export function llamaTensors(shape: LlamaShape, kind: TensorKind): Tensor[] {
  const { width, layers, heads, keyValueHeads, feedForward, vocabulary } = shape;
  const keyValueWidth = (width / heads) * keyValueHeads;
  const norm = (name: string): Tensor => ({ name, dimensions: [width], kind: 'f32' });
  const matrix = (name: string, from: number, to: number): Tensor => ({ name, dimensions: [from, to], kind });
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

/** The metadata of a LLaMA with a tokenizer in the manner of GPT-2. */
export function llamaEntries(shape: LlamaShape, identity: LlamaIdentity): Buffer[] {
  const { name, template, normEpsilon, ropeBase, vocabulary } = identity;
  const numbers: Record<string, number> = {
    'llama.context_length': shape.contextTokens,
    'llama.embedding_length': shape.width,
    'llama.block_count': shape.layers,
    'llama.feed_forward_length': shape.feedForward,
    'llama.attention.head_count': shape.heads,
    'llama.attention.head_count_kv': shape.keyValueHeads,
    'llama.rope.dimension_count': shape.width / shape.heads,
    'llama.vocab_size': shape.vocabulary,
    'tokenizer.ggml.bos_token_id': vocabulary.begin,
    'tokenizer.ggml.eos_token_id': vocabulary.end,
    'tokenizer.ggml.eot_token_id': vocabulary.endOfTurn,
    'general.file_type': 7,
  };
  const texts: Record<string, string> = {
    'general.name': name,
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'gpt-2',
    'tokenizer.chat_template': template,
  };
  return [
    entry('general.architecture', type.string, text('llama')),
    ...Object.entries(texts).map(([key, value]) => entry(key, type.string, text(value))),
    ...Object.entries(numbers).map(([key, value]) => entry(key, type.uint32, u32(value))),
    entry('llama.attention.layer_norm_rms_epsilon', type.float32, f32(normEpsilon)),
    entry('llama.rope.freq_base', type.float32, f32(ropeBase)),
    entry('tokenizer.ggml.add_bos_token', type.bool, Buffer.of(1)),
    entry('tokenizer.ggml.tokens', type.array, array(type.string, vocabulary.tokens.map(text))),
    entry('tokenizer.ggml.token_type', type.array, array(type.int32, vocabulary.kinds.map(u32))),
    entry('tokenizer.ggml.merges', type.array, array(type.string, vocabulary.merges.map(text))),
  ];
}
