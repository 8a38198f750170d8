import { bytesOf, type Tensor, tensorKinds } from './gguf-writer.ts';
import { half } from './number-formats.ts';

/** The spread of a trained matrix. */
const matrixSpread = 0.02;
/** Embeddings are spread by 1, so that each token leads to another: else the model repeats one token for ever. */
const embeddingSpread = 1;

/** A block of random bits between `from` and `to`, and its halves: what they are of the wanted spread. */
interface BlockLayout {
  from: number;
  to: number;
  halves: readonly (readonly [place: number, factor: number])[];
}

/**
 * A scale of 1 makes random bits spread by 73.3 (Q8_0), 4.6 (Q4_0), 258 (Q4_K), 527 (Q5_K) and 1366 (Q6_K). The second
 * scale of Q4_K and Q5_K is that of what is subtracted, and brings their middle to zero.
 */
const layouts: Partial<Record<Tensor['kind'], BlockLayout>> = {
  q8: { from: 2, to: 34, halves: [[0, 1 / 73.3]] },
  q4: { from: 2, to: 18, halves: [[0, 1 / 4.6]] },
  q4k: {
    from: 4,
    to: 144,
    halves: [
      [0, 1 / 258],
      [2, 7.5 / 258],
    ],
  },
  q5k: {
    from: 4,
    to: 176,
    halves: [
      [0, 1 / 527],
      [2, 15.5 / 527],
    ],
  },
  q6k: { from: 0, to: 208, halves: [[208, 1 / 1366]] },
};

/** xorshift32: the same weights every time. */
export function createRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Random weights of a matrix, about as large as those of a trained one. `random` gives 32 bits. */
export function randomWeights(tensor: Tensor, random: () => number): Buffer {
  const spread = tensor.name === 'token_embd.weight' ? embeddingSpread : matrixSpread;
  const data = Buffer.alloc(bytesOf(tensor));
  const layout = layouts[tensor.kind];
  if (layout === undefined) fillFloats(data, tensor.kind, () => evenly(random, spread));
  else fillBlocks(data, { ...layout, bytes: tensorKinds[tensor.kind].bytes, spread, random });
  return data;
}

function fillBlocks(
  data: Buffer,
  { from, to, halves, bytes, spread, random }: BlockLayout & { bytes: number; spread: number; random: () => number },
): void {
  const scales = halves.map(([place, factor]) => [place, half(spread * factor)] as const);
  for (let start = 0; start < data.length; start += bytes) {
    for (const [place, scale] of scales) data.writeUInt16LE(scale, start + place);
    for (let place = from; place < to; place += 4) data.writeUInt32LE(random(), start + place);
  }
}

function fillFloats(data: Buffer, kind: Tensor['kind'], next: () => number): void {
  const { bytes } = tensorKinds[kind];
  for (let place = 0; place < data.length; place += bytes) {
    if (kind === 'f32') data.writeFloatLE(next(), place);
    else data.writeUInt16LE(kind === 'f16' ? half(next()) : upperHalf(next()), place);
  }
}

/** Over ±√3 times the spread, whose standard deviation is the spread. */
function evenly(random: () => number, spread: number): number {
  return (random() / 2 ** 32 - 0.5) * 2 * Math.sqrt(3) * spread;
}

function upperHalf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]! >>> 16;
}
