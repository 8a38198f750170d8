import { tensorKinds } from './gguf-writer.ts';

const { block: q8Block, bytes: q8BlockBytes } = tensorKinds.q8;

/** The bits of a number as IEEE 754 binary16; it is smaller than 65504. */
export function half(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  const exponent = Math.floor(Math.log2(size));
  // Below the smallest normal number, the steps stay the same.
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}

/** The finite number that these bits are in IEEE 754 binary16. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** Numbers as Q8_0; there are whole blocks of them. Source: `quantize_row_q8_0_ref` of ggml */
export function toQ8(values: Float32Array): Buffer {
  const data = Buffer.alloc((values.length / q8Block) * q8BlockBytes);
  for (let block = 0; block * q8Block < values.length; block++) {
    const numbers = values.subarray(block * q8Block, (block + 1) * q8Block);
    const scale = numbers.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    const start = block * q8BlockBytes;
    data.writeUInt16LE(half(scale), start);
    if (scale === 0) continue;
    for (const [index, value] of numbers.entries()) data.writeInt8(Math.round(value / scale), start + 2 + index);
  }
  return data;
}
