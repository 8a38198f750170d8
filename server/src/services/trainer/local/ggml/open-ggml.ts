import {
  bufferTypesOf,
  type Context,
  type GgmlCalls,
  type Graph,
  openGgmlCalls,
  setThreads,
  type Tensor,
} from './ggml-calls.ts';
import { findLibraryFiles } from './library-files.ts';

/** ggml on the processors of this machine. Throws plain errors: only the program of a child talks to it. */
export interface Ggml {
  readonly calls: GgmlCalls;
  readonly device: bigint;
  /** Kinds of memory in which matrices lie in an order of their own. */
  readonly fastBufferTypes: readonly bigint[];
  /** Room for descriptions of so many tensors and of graphs of so many nodes, not for what they hold. */
  newContext(size: { tensors: number; graphNodes?: number }): Context;
  /** Memory for all tensors of the context. */
  allocate(context: Context): { free(): void };
  /** A tensor whose values are at that address, which has to stay. */
  place(tensor: Tensor, memory: { buffer: bigint; address: bigint }): void;
  /** Memory of our own, as a buffer in which tensors are placed. */
  bufferOf(address: bigint, bytes: number): bigint;
  /** Memory for what a graph computes. */
  allocateGraph(graph: Graph): { free(): void };
  /** Memory for one graph after the other, as much as the largest takes. */
  newGraphMemory(): GraphMemory;
  compute(graph: Graph): void;
  /** @param offset in bytes */
  write(tensor: Tensor, values: Float32Array | Int32Array, offset?: number): void;
  /** Makes all values zero. */
  clear(tensor: Tensor): void;
  read(tensor: Tensor, into: Float32Array | Uint8Array): void;
}

export interface GraphMemory {
  /** From the graph that had it before. */
  give(graph: Graph): void;
  free(): void;
}

const cpuDevice = 0;
const contextSlack = 1024;
const success = 0;

let opened: Ggml | undefined;

/** Opens the libraries, once in a process: what they load they never give back. The threads of the first call count. */
export function openGgml({ threads }: { threads: number }): Ggml {
  opened ??= open(threads);
  return opened;
}

function open(threads: number): Ggml {
  const files = findLibraryFiles();
  const calls = openGgmlCalls(files);
  calls.loadBackends(files.folder);
  const backend = required(calls.openBackend(cpuDevice, null), 'no code for this processor');
  const device = calls.device(backend);
  const registry = calls.registry(device);
  setThreads(
    required(calls.procedure(registry, 'ggml_backend_set_n_threads'), 'no way to set threads'),
    backend,
    threads,
  );
  const newGraphMemory = (): GraphMemory => {
    const allocator = calls.newAllocator(calls.bufferType(backend));
    return {
      give(graph) {
        if (!calls.allocateGraph(allocator, graph)) throw new Error('no memory for a graph');
      },
      free: () => calls.freeAllocator(allocator),
    };
  };
  const bufferTypes = calls.procedure(registry, 'ggml_backend_dev_get_extra_bufts');
  return {
    calls,
    device,
    fastBufferTypes: bufferTypes === null ? [] : bufferTypesOf(bufferTypes, device),
    newContext({ tensors, graphNodes = 0 }) {
      const graphBytes = graphNodes === 0 ? 0 : calls.graphOverhead(graphNodes, false);
      const mem_size = calls.tensorOverhead() * tensors + graphBytes + contextSlack;
      return required(calls.init({ mem_size, mem_buffer: null, no_alloc: true }), 'no memory for a context');
    },
    allocate(context) {
      const buffer = required(calls.allocate(context, backend), 'no memory for tensors');
      return { free: () => calls.freeBuffer(buffer) };
    },
    place(tensor, { buffer, address }) {
      if (calls.place(buffer, tensor, address) !== success) throw new Error('a tensor is outside of its file');
    },
    bufferOf: (address, bytes) =>
      required(calls.bufferOfMemory(device, address, bytes, bytes), 'no buffer over mapped memory'),
    allocateGraph(graph) {
      const memory = newGraphMemory();
      memory.give(graph);
      return memory;
    },
    newGraphMemory,
    compute(graph) {
      if (calls.compute(backend, graph) !== success) throw new Error('a graph could not be computed');
    },
    write: (tensor, values, offset = 0) => calls.write(tensor, values, offset, values.byteLength),
    clear: (tensor) => calls.fill(tensor, 0, 0, calls.byteLength(tensor)),
    read: (tensor, into) => calls.read(tensor, into, 0, into.byteLength),
  };
}

function required<Address extends bigint>(address: Address | null, failure: string): Address {
  if (address === null || address === 0n) throw new Error(failure);
  return address;
}
