import type { DescribedTensor } from '../../../../models/model-description.ts';
import type { GgufMetadata } from '../../../model-files/gguf-metadata.ts';
import { tensorType, type WeightType } from '../ggml/tensor-type.ts';
import { aligned, padded, tensorInfo } from '../run/write-gguf.ts';

/** How the file of a merged model lies: what it begins with, and its tensors in order. */
export interface MergeLayout {
  header: Uint8Array;
  tensors: readonly MergedTensor[];
  bytes: number;
}

export interface MergedTensor {
  name: string;
  type: WeightType;
  /** Whether something is added to what the base has. */
  isChanged: boolean;
  /** Zeros that follow its values. */
  padding: number;
}

interface LayoutRequest {
  base: Pick<GgufMetadata, 'metadata' | 'tensors'>;
  /** The file of the base as far as where its tensors are described. */
  beginning: Uint8Array;
  /** Tensors that the adapter adds to. */
  changed: ReadonlySet<string>;
  /** Bytes of so many values in a row. */
  rowBytes(type: WeightType, values: number): number;
}

const usualAlignment = 32;
const fileTypeOfQ8 = 7;

/** The tensors of the base in their order, under its metadata. */
export function layOut({ base, beginning, changed, rowBytes }: LayoutRequest): MergeLayout {
  const given = base.metadata.get('general.alignment');
  const alignment = typeof given === 'number' && given > 0 ? given : usualAlignment;
  const infos: Buffer[] = [];
  let offset = 0;
  const tensors = base.tensors.map((described): MergedTensor => {
    const { name, shape } = described;
    const isChanged = changed.has(name);
    const type = isChanged ? mergedType(described) : typeOf(described);
    infos.push(tensorInfo({ name, lengths: shape, type: tensorType[type], offset }));
    const [inRow = 1, ...others] = shape;
    const bytes = rowBytes(type, inRow) * others.reduce((rows, length) => rows * length, 1);
    const padding = aligned(bytes, alignment) - bytes;
    offset += bytes + padding;
    return { name, type, isChanged, padding };
  });
  const isRequantised = tensors.some(({ type }, index) => type !== base.tensors[index]?.type);
  const entries = isRequantised ? withFileType(beginning, fileTypeOfQ8) : beginning;
  const header = padded(Buffer.concat([entries, ...infos]), alignment);
  return { header, tensors, bytes: header.length + offset };
}

const plainTypes: ReadonlySet<WeightType> = new Set(['F32', 'F16', 'BF16']);

/** Fewer than eight bits would round away most of what is added. */
function mergedType(described: DescribedTensor): WeightType {
  const type = typeOf(described);
  return plainTypes.has(type) ? type : 'Q8_0';
}

/** Of a base that `readLlama` accepted. */
function typeOf({ name, type }: DescribedTensor): WeightType {
  if (!(type in tensorType)) throw new Error(`the tensor ${name} has the type ${type}`);
  return type as WeightType;
}

const fileTypeKey = Buffer.from('general.file_type');
const uint32Bytes = 4;

/** What the file says of itself; one that says nothing goes on to say nothing. */
function withFileType(beginning: Uint8Array, fileType: number): Uint8Array {
  const changed = Buffer.from(beginning);
  const key = changed.indexOf(fileTypeKey);
  if (key !== -1) changed.writeUInt32LE(fileType, key + fileTypeKey.length + uint32Bytes);
  return changed;
}
