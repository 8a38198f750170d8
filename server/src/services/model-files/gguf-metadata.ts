import { open } from 'node:fs/promises';
import { told } from '../../errors/told.ts';
import type { DescribedTensor, MetadataValue } from '../../models/model-description.ts';
import { GgufCursor, MalformedGguf } from './gguf-cursor.ts';
import { type GgufCounts, readGgufCounts } from './gguf-header.ts';
import { tensorTypeName } from './gguf-types.ts';
import { GgufValues } from './gguf-values.ts';

/** Everything but the weights. */
export interface GgufMetadata {
  metadata: ReadonlyMap<string, MetadataValue>;
  tensors: readonly DescribedTensor[];
  parameters: number;
  /** Whether the vocabulary has the marks around a gap that is to be filled. */
  fillsGaps: boolean;
  /** Where the weights of each tensor begin, counted from where those of all begin. */
  offsets: ReadonlyMap<string, number>;
  /** Where in the file the entries end, and tensors are described. */
  entriesEnd: number;
  /** Where in the file the metadata ends; the weights begin at the next multiple of the alignment. */
  metadataEnd: number;
}

const mostTensors = 100_000;
const mostDimensions = 8;
/** Longer arrays are emptied, but for those who want everything. */
const shortArray = 5;

/** Where the text before a gap begins, in the vocabularies of models that fill gaps. Source: llama-vocab.cpp of llama.cpp */
const gapMarks = new Set([
  '<|fim_prefix|>',
  '<fim-prefix>',
  '<fim_prefix>',
  '<｜fim▁begin｜>',
  '<PRE>',
  '▁<PRE>',
  '<|code_prefix|>',
]);

/**
 * Reads all metadata and what the tensors are called. Rejects with `MalformedGguf` when the file is not GGUF or is
 * damaged: it may come from anywhere, so lengths are bounded before they are believed.
 * Source: github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function readGgufMetadata(path: string, { verbose = false } = {}): Promise<GgufMetadata> {
  const file = await open(path);
  try {
    const cursor = new GgufCursor(file);
    const read = await readAll(cursor, { verbose });
    const { size } = await file.stat();
    if (cursor.offset > size) throw new MalformedGguf(told`it ends too early`);
    return read;
  } finally {
    await file.close();
  }
}

async function readAll(cursor: GgufCursor, { verbose }: { verbose: boolean }): Promise<GgufMetadata> {
  const counts = await readGgufCounts(cursor);
  let fillsGaps = false;
  const values = new GgufValues(cursor, {
    keeps: (length) => verbose || length <= shortArray,
    sees: (text) => {
      fillsGaps ||= gapMarks.has(text);
    },
  });
  const metadata = new Map<string, MetadataValue>();
  for (let entry = 0; entry < counts.entries; entry++) metadata.set(await cursor.text(), await values.next());
  fillsGaps ||= metadata.has('tokenizer.ggml.fim_pre_token_id') || metadata.has('tokenizer.ggml.prefix_token_id');
  const entriesEnd = cursor.offset;
  const tensors = await readTensors(cursor, counts);
  return { metadata, fillsGaps, ...tensors, entriesEnd, metadataEnd: cursor.offset };
}

async function readTensors(cursor: GgufCursor, { tensors: count }: GgufCounts) {
  if (count > mostTensors) throw new MalformedGguf(told`it has too many tensors`);
  const tensors: DescribedTensor[] = [];
  const offsets = new Map<string, number>();
  let parameters = 0;
  for (let index = 0; index < count; index++) {
    const tensor = await readTensor(cursor);
    offsets.set(tensor.name, await cursor.uint64());
    parameters += tensor.shape.reduce((product, length) => product * length, 1);
    tensors.push(tensor);
  }
  if (!Number.isSafeInteger(parameters)) throw new MalformedGguf(told`it says it is larger than can be`);
  return { tensors, parameters, offsets };
}

async function readTensor(cursor: GgufCursor): Promise<DescribedTensor> {
  const name = await cursor.text();
  const dimensions = await cursor.uint32();
  if (dimensions > mostDimensions) throw new MalformedGguf(told`a tensor has too many dimensions`);
  const shape: number[] = [];
  for (let dimension = 0; dimension < dimensions; dimension++) shape.push(await cursor.uint64());
  const type = tensorTypeName(await cursor.uint32());
  return { name, type, shape };
}
