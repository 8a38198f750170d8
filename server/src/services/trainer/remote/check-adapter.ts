import { open } from 'node:fs/promises';
import { told, type Told } from '../../../errors/told.ts';
import type { DescribedTensor } from '../../../models/model-description.ts';
import { MalformedGguf } from '../../model-files/gguf-cursor.ts';
import { type GgufMetadata, readGgufMetadata } from '../../model-files/gguf-metadata.ts';

/** The matrices of a model that an adapter may change: `[inputs, outputs]` by name. */
export type Matrices = ReadonlyMap<string, readonly [number, number]>;

export function matricesOf({ tensors }: Pick<GgufMetadata, 'tensors'>): Matrices {
  return new Map(
    tensors.flatMap(({ name, shape: [inputs, outputs, ...more] }) => {
      const isMatrix = inputs !== undefined && outputs !== undefined && more.length === 0;
      return isMatrix && name.startsWith('blk.') ? [[name, [inputs, outputs] as const]] : [];
    }),
  );
}

const metadataBytes = 4 * 1024 * 1024;
const floatBytes = 4;

/** No adapter of that rank is larger. */
export function mostAdapterBytes(matrices: Matrices, rank: number): number {
  const numbers = [...matrices.values()].reduce((sum, [inputs, outputs]) => sum + rank * (inputs + outputs), 0);
  return numbers * floatBytes + metadataBytes;
}

/**
 * Rejects with `MalformedGguf` unless the file is a LoRA over that base, of at most that rank, whose numbers are all
 * finite: it may come from anywhere, and the engine is to load it.
 */
export async function checkAdapter(path: string, { base, rank }: { base: GgufMetadata; rank: number }): Promise<void> {
  const adapter = await readGgufMetadata(path);
  checkMetadata(adapter, base);
  checkTensors(adapter.tensors, { matrices: matricesOf(base), rank });
  await checkNumbers(path, adapter);
}

function checkMetadata({ metadata }: GgufMetadata, base: GgufMetadata): void {
  const architecture = base.metadata.get('general.architecture');
  const alpha = metadata.get('adapter.lora.alpha');
  demand(metadata.get('general.type') === 'adapter', told`it is no adapter`);
  demand(metadata.get('adapter.type') === 'lora', told`it is no LoRA`);
  demand(metadata.get('general.architecture') === architecture, told`it is for another architecture`);
  demand(typeof alpha === 'number' && Number.isFinite(alpha) && alpha > 0, told`its alpha is wrong`);
  // Such an adapter works after certain words only, and nothing here knows them.
  demand(metadata.get('adapter.alora.invocation_tokens') === undefined, told`it is no plain LoRA`);
}

const side = /^(.*)\.lora_([ab])$/;

/** Each changed matrix has both sides, which fit it and each other. */
function checkTensors(
  tensors: readonly DescribedTensor[],
  { matrices, rank }: { matrices: Matrices; rank: number },
): void {
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  demand(tensors.length > 0 && shapes.size === tensors.length, told`it has no tensors, or one twice`);
  for (const { name, type, shape } of tensors) {
    const [, of = '', which] = side.exec(name) ?? [];
    const [inputs, outputs] = matrices.get(of) ?? [];
    const other = shapes.get(`${of}.lora_${which === 'a' ? 'b' : 'a'}`);
    demand(inputs !== undefined && other !== undefined, told`it changes what the model does not have`);
    demand(type === 'F32' && shape.length === 2, told`a tensor is of another form`);
    const [outer, inner, otherInner] =
      which === 'a' ? [shape[0] === inputs, shape[1], other?.[0]] : [shape[1] === outputs, shape[0], other?.[1]];
    const isRank = inner !== undefined && inner >= 1 && inner <= rank && inner === otherInner;
    demand(outer && isRank, told`a tensor does not fit the model`);
  }
}

const usualAlignment = 32;
const pieceBytes = 2 ** 20;

/** The numbers lie one tensor after the other, as the header says, up to the end of the file; all are finite. */
async function checkNumbers(path: string, adapter: GgufMetadata): Promise<void> {
  const alignment = adapter.metadata.get('general.alignment') ?? usualAlignment;
  demand(typeof alignment === 'number' && [8, 16, 32, 64, 128, 256].includes(alignment), told`its alignment is wrong`);
  const align = (place: number): number => Math.ceil(place / alignment) * alignment;
  let end = 0;
  for (const { name, shape } of adapter.tensors) {
    demand(adapter.offsets.get(name) === align(end), told`its tensors do not lie one after the other`);
    end = align(end) + floatBytes * shape.reduce((product, length) => product * length, 1);
  }
  const start = align(adapter.metadataEnd);
  const file = await open(path);
  try {
    const { size } = await file.stat();
    demand(size === start + end || size === start + align(end), told`it is shorter or longer than it says`);
    const stream = file.createReadStream({ start, highWaterMark: pieceBytes, autoClose: false });
    for await (const piece of stream) demand(isFinitePiece(piece as Buffer), told`a number is not finite`);
  } finally {
    await file.close();
  }
}

/** Pieces come in whole floats: the file is read in such steps, and ends with one. */
function isFinitePiece(piece: Buffer): boolean {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
  for (let place = 0; place + floatBytes <= view.byteLength; place += floatBytes) {
    if (!Number.isFinite(view.getFloat32(place, true))) return false;
  }
  return piece.byteLength % floatBytes === 0;
}

function demand(holds: boolean, otherwise: Told): asserts holds {
  if (!holds) throw new MalformedGguf(otherwise);
}
