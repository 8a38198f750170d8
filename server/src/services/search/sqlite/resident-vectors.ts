import type { ScanKernel } from './scan-kernel.ts';
import { kernelPageBytes } from './scan-kernel.ts';
import { paddedDimensions, quantize } from './quantize.ts';

/** Where a vector stands, and the row of the passage it is of. */
export interface VectorKey {
  seq: number;
  passage: number;
}

/** One int8 vector as the table `vectors` has it. */
export interface VectorRow extends VectorKey {
  access: number;
  scale: number;
  lanes: Uint8Array;
}

export interface ScanQuery {
  vector: Float32Array;
  /** Rows of the table `access` that the asker may see. */
  permitted: ReadonlySet<number>;
  limit: number;
}

/** The int8 vectors of one model in the memory of the kernel, so that a query reads nothing else. */
export interface ResidentVectors {
  readonly dimensions: number;
  /** Rows come in ascending order of `seq`. */
  append(row: VectorRow): void;
  remove(seq: number): void;
  /** The nearest rows, best first, by their int8 values. */
  nearest(query: ScanQuery): VectorKey[];
  /** Removed rows take space until everything is loaded anew. */
  readonly wasteful: boolean;
}

const rowsPerBlock = 1_024;
const queryArea = 0;
/** No row of the table `access` has it. */
const removedAccess = 0;
const mostWastedRows = 4 * rowsPerBlock;

/** A block is the vectors of some rows, then their mask and their dot products; blocks follow the query in memory. */
interface Block {
  vectors: number;
  mask: number;
  out: number;
}

export function createResidentVectors(kernel: ScanKernel, dimensions: number): ResidentVectors {
  const width = paddedDimensions(dimensions);
  const blockBytes = rowsPerBlock * (width + 1 + Int32Array.BYTES_PER_ELEMENT);
  const queryBytes = width * Int16Array.BYTES_PER_ELEMENT;
  const seqs: number[] = [];
  const passages: number[] = [];
  const accesses: number[] = [];
  const scales: number[] = [];
  let removed = 0;

  const block = (index: number): Block => {
    const vectors = queryBytes + index * blockBytes;
    const mask = vectors + rowsPerBlock * width;
    return { vectors, mask, out: mask + rowsPerBlock };
  };
  const rowsOf = (index: number): number => Math.min(rowsPerBlock, seqs.length - index * rowsPerBlock);
  const reserve = (bytes: number): void => {
    const missing = bytes - kernel.memory.buffer.byteLength;
    if (missing > 0) kernel.memory.grow(Math.ceil(missing / kernelPageBytes));
  };

  /** Scores one block and offers its permitted rows to the best so far. */
  const scanBlock = (index: number, { permitted, best }: { permitted: Uint8Array; best: Best }): void => {
    const { vectors, mask, out } = block(index);
    const count = rowsOf(index);
    const first = index * rowsPerBlock;
    const wanted = new Uint8Array(kernel.memory.buffer, mask, count);
    let permittedRows = 0;
    for (let row = 0; row < count; row += 1) {
      const isPermitted = permitted[accesses[first + row]!] ?? 0;
      wanted[row] = isPermitted;
      permittedRows += isPermitted;
    }
    if (permittedRows === 0) return;
    kernel.scan({ vectors, count, dimensions: width, query: queryArea, mask, out });
    const dots = new Int32Array(kernel.memory.buffer, out, count);
    for (let row = 0; row < count; row += 1) {
      if (wanted[row] === 1) best.offer(dots[row]! * scales[first + row]!, first + row);
    }
  };

  return {
    dimensions,
    append({ seq, passage, access, scale, lanes }) {
      const slot = seqs.length;
      const index = Math.floor(slot / rowsPerBlock);
      reserve(queryBytes + (index + 1) * blockBytes);
      const target = block(index).vectors + (slot % rowsPerBlock) * width;
      new Uint8Array(kernel.memory.buffer).set(lanes, target);
      seqs.push(seq);
      passages.push(passage);
      accesses.push(access);
      scales.push(scale);
    },
    remove(seq) {
      const slot = indexOfSorted(seqs, seq);
      if (slot === undefined || accesses[slot] === removedAccess) return;
      accesses[slot] = removedAccess;
      removed += 1;
    },
    nearest({ vector, permitted, limit }) {
      reserve(queryBytes);
      new Int16Array(kernel.memory.buffer, queryArea, width).set(quantize(vector).lanes);
      const best = createBest(limit);
      const flags = flagsOf(permitted);
      for (let index = 0; index * rowsPerBlock < seqs.length; index += 1) scanBlock(index, { permitted: flags, best });
      return best.sorted().map((slot) => ({ seq: seqs[slot]!, passage: passages[slot]! }));
    },
    get wasteful() {
      return removed > mostWastedRows && removed > seqs.length / 4;
    },
  };
}

/** 1 at each id of the set: a look-up per vector in a set would take longer than the scan. */
function flagsOf(ids: ReadonlySet<number>): Uint8Array {
  let largest = 0;
  for (const id of ids) largest = Math.max(largest, id);
  const flags = new Uint8Array(largest + 1);
  for (const id of ids) flags[id] = 1;
  return flags;
}

interface Best {
  offer(score: number, slot: number): void;
  sorted(): number[];
}

/** Keeps the `limit` best of everything offered, in a list sorted by insertion: almost every offer is refused at once. */
function createBest(limit: number): Best {
  const scores: number[] = [];
  const slots: number[] = [];
  return {
    offer(score, slot) {
      if (scores.length === limit) {
        if (limit === 0 || score <= scores[limit - 1]!) return;
        scores.pop();
        slots.pop();
      }
      let position = scores.length;
      while (position > 0 && scores[position - 1]! < score) position -= 1;
      scores.splice(position, 0, score);
      slots.splice(position, 0, slot);
    },
    sorted: () => slots,
  };
}

function indexOfSorted(sorted: readonly number[], value: number): number | undefined {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle]!;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
