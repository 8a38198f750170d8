import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getLlama, type Llama, type LlamaModel, LlamaLogLevel } from 'node-llama-cpp';
import { temporaryFolder } from './temporary-folder.ts';

export interface VocabularyOptions {
  template?: string;
  /** Tokens that control the model: never made of text. The first begins a prompt, the second ends an answer. */
  control: readonly string[];
  /** Tokens that the vocabulary calls ordinary, although they are whole words such as `<think>`. */
  userDefined?: readonly string[];
  prependsBos?: boolean;
}

export interface VocabularyModel extends AsyncDisposable {
  model: LlamaModel;
}

/** A model that is nothing but a vocabulary of bytes and special tokens, and a chat template. */
export async function openVocabularyModel(options: VocabularyOptions): Promise<VocabularyModel> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'vocabulary.gguf');
  await writeFile(path, vocabularyGguf(options));
  const model = await (await sharedLlama()).loadModel({ modelPath: path, vocabOnly: true });
  return {
    model,
    async [Symbol.asyncDispose]() {
      await model.dispose();
      await folder[Symbol.asyncDispose]();
    },
  };
}

let llama: Promise<Llama> | undefined;

/** Opening the library takes a second, and it may be open once for all. */
export function sharedLlama(): Promise<Llama> {
  llama ??= getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.disabled });
  return llama;
}

const tokenType = { normal: 1, control: 3, userDefined: 4 } as const;
const valueType = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;

function vocabularyGguf({ template, control, userDefined = [], prependsBos = true }: VocabularyOptions): Buffer {
  const bytes = byteCharacters();
  const tokens = [...control, ...userDefined, ...bytes];
  const types = [
    ...control.map(() => tokenType.control),
    ...userDefined.map(() => tokenType.userDefined),
    ...bytes.map(() => tokenType.normal),
  ];
  const entries = [
    entry('general.architecture', valueType.string, text('llama')),
    entry('llama.context_length', valueType.uint32, u32(4096)),
    entry('llama.embedding_length', valueType.uint32, u32(64)),
    entry('llama.block_count', valueType.uint32, u32(1)),
    entry('llama.feed_forward_length', valueType.uint32, u32(64)),
    entry('llama.attention.head_count', valueType.uint32, u32(1)),
    entry('llama.attention.layer_norm_rms_epsilon', valueType.float32, Buffer.from([0xac, 0xc5, 0x27, 0x37])), // 1e-5
    entry('llama.vocab_size', valueType.uint32, u32(tokens.length)),
    entry('tokenizer.ggml.model', valueType.string, text('gpt2')),
    entry('tokenizer.ggml.pre', valueType.string, text('gpt-2')),
    entry('tokenizer.ggml.tokens', valueType.array, array(valueType.string, tokens.map(text))),
    entry('tokenizer.ggml.token_type', valueType.array, array(valueType.int32, types.map(u32))),
    entry('tokenizer.ggml.merges', valueType.array, array(valueType.string, [])),
    entry('tokenizer.ggml.bos_token_id', valueType.uint32, u32(0)),
    entry('tokenizer.ggml.eos_token_id', valueType.uint32, u32(1)),
    entry('tokenizer.ggml.add_bos_token', valueType.bool, Buffer.from([prependsBos ? 1 : 0])),
    ...(template === undefined ? [] : [entry('tokenizer.chat_template', valueType.string, text(template))]),
  ];
  const header = [Buffer.from('GGUF'), u32(3), u64(0), u64(entries.length)];
  return Buffer.concat([...header, ...entries, Buffer.alloc(64)]);
}

/** The characters that byte-level vocabularies use for the 256 bytes. Source: encoder.py of GPT-2. */
function byteCharacters(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isShown(byte) ? byte : next++));
}

function isShown(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
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
