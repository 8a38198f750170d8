import { scanKernelBytes } from './scan-kernel-bytes.ts';

/**
 * Dot products of int8 rows with one query, all inside `memory`; the arguments are byte offsets into it.
 * See scan.wat for the layout.
 */
export interface ScanKernel {
  readonly memory: KernelMemory;
  scan(area: ScanArea): void;
}

/** Grows in pages; growing replaces `buffer`. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export interface ScanArea {
  vectors: number;
  /** Rows. */
  count: number;
  /** Bytes of a row, a multiple of 16. */
  dimensions: number;
  query: number;
  mask: number;
  out: number;
}

export const kernelPageBytes = 65_536;

/** In WebAssembly SIMD where the machine has it, else in JavaScript: slower, with the same results. */
export function createScanKernel(): ScanKernel {
  const bytes = Buffer.from(scanKernelBytes, 'base64');
  return WebAssembly.validate(bytes) ? wasmKernel(bytes) : createScriptKernel();
}

function wasmKernel(bytes: Buffer): ScanKernel {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { memory, scan } = instance.exports as {
    memory: KernelMemory;
    scan: (...offsets: readonly number[]) => void;
  };
  return {
    memory,
    scan: ({ vectors, count, dimensions, query, mask, out }) => scan(vectors, count, dimensions, query, mask, out),
  };
}

export function createScriptKernel(): ScanKernel {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  return {
    memory,
    scan({ vectors, count, dimensions, query, mask, out }) {
      const queryLanes = new Int16Array(memory.buffer, query, dimensions);
      const permitted = new Uint8Array(memory.buffer, mask, count);
      const dots = new Int32Array(memory.buffer, out, count);
      for (let row = 0; row < count; row += 1) {
        if (permitted[row] === 0) continue;
        const lanes = new Int8Array(memory.buffer, vectors + row * dimensions, dimensions);
        let dot = 0;
        for (let lane = 0; lane < dimensions; lane += 1) dot += lanes[lane]! * queryLanes[lane]!;
        dots[row] = dot;
      }
    },
  };
}
