import { open } from 'node:fs/promises';
import { readGgufMetadata } from '../../../model-files/gguf-metadata.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import { mapWeights, type MappedWeights, type StoredTensor } from '../model/map-weights.ts';
import { type Addition, mergedRows } from './add-adapter.ts';
import { layOut } from './merge-layout.ts';

export interface MergedFile {
  bytes: number;
  pieces: Iterable<Uint8Array>;
}

export interface MergePaths {
  /** Of a file that `readLlama` accepts. */
  basePath: string;
  /** Of a LoRA over it. */
  adapterPath: string;
}

const pieceBytes = 2 ** 22;

/** The file of a model that does what the base does with the adapter; nothing of it is written to the disk. */
export async function mergedFile(ggml: Ggml, { basePath, adapterPath }: MergePaths): Promise<MergedFile> {
  const base = await readGgufMetadata(basePath);
  const stored = mapWeights(ggml, { path: basePath, tensors: base.tensors });
  const additions = await additionsOf(ggml, adapterPath);
  const layout = layOut({
    base,
    beginning: await readBeginning(basePath, base.entriesEnd),
    changed: new Set(additions.keys()),
    rowBytes: (type, values) => ggml.calls.rowBytes(tensorType[type], values),
  });
  return { bytes: layout.bytes, pieces: pieces() };

  function* pieces(): Generator<Uint8Array> {
    yield layout.header;
    for (const { name, type, padding } of layout.tensors) {
      const addition = additions.get(name);
      const tensor = stored.get(name);
      yield* addition === undefined ? storedPieces(ggml, tensor) : mergedRows(ggml, { stored: tensor, addition, type });
      if (padding > 0) yield new Uint8Array(padding);
    }
  }
}

async function readBeginning(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const beginning = new Uint8Array(bytes);
    await file.read(beginning, 0, bytes, 0);
    return beginning;
  } finally {
    await file.close();
  }
}

/** By the name of the matrix that they are added to. */
async function additionsOf(ggml: Ggml, path: string): Promise<ReadonlyMap<string, Addition>> {
  const { metadata, tensors } = await readGgufMetadata(path);
  const mapped: MappedWeights = mapWeights(ggml, { path, tensors });
  const additions = new Map<string, Addition>();
  for (const { name } of tensors.filter((tensor) => tensor.name.endsWith('.lora_a'))) {
    const target = name.slice(0, -'.lora_a'.length);
    const b = mapped.get(`${target}.lora_b`);
    const [rank] = b.lengths;
    const alpha = Number(metadata.get('adapter.lora.alpha') ?? 0);
    // An adapter without alpha is added as it is. Source: llama-adapter.h of llama.cpp
    additions.set(target, { a: mapped.get(name), b, scale: alpha === 0 ? 1 : alpha / rank });
  }
  return additions;
}

function* storedPieces({ calls }: Ggml, { tensor }: StoredTensor): Generator<Uint8Array> {
  const bytes = calls.byteLength(tensor);
  for (let start = 0; start < bytes; start += pieceBytes) {
    const piece = new Uint8Array(Math.min(pieceBytes, bytes - start));
    calls.read(tensor, piece, start, piece.length);
    yield piece;
  }
}
