import koffi from 'koffi';
import type { LibraryFiles } from './library-files.ts';

/** Addresses of native things. */
export type Tensor = bigint & { readonly kind?: 'tensor' };
export type Context = bigint & { readonly kind?: 'context' };
export type Graph = bigint & { readonly kind?: 'graph' };
type Address = bigint | null;

type Shaped = (context: Context, ...numbers: number[]) => Tensor;
type Reshaped = (context: Context, tensor: Tensor, ...lengths: number[]) => Tensor;
type Unary = (context: Context, tensor: Tensor) => Tensor;
type Binary = (context: Context, first: Tensor, second: Tensor) => Tensor;
type Ternary = (context: Context, ...tensors: [Tensor, Tensor, Tensor]) => Tensor;
type WithNumber = (context: Context, tensor: Tensor, number: number) => Tensor;
type SoftMax = (context: Context, ...rest: [Tensor, Tensor, scale: number, maxBias: number]) => Tensor;
type Rope = (context: Context, ...rest: [Tensor, positions: Tensor, factors: Address, ...numbers: number[]]) => Tensor;
type Transfer = (
  tensor: Tensor,
  data: NodeJS.ArrayBufferView | bigint,
  ...range: [offset: number, bytes: number]
) => void;

export type GgmlCalls = ReturnType<typeof openGgmlCalls>;

const ropeArguments = 'void*, void*, void*, void*, int, int, int, float, float, float, float, float, float';

/** Opens the functions of ggml that training needs. Their meaning: include/ggml.h and ggml-backend.h of ggml. */
export function openGgmlCalls({ base, main }: LibraryFiles) {
  const baseLibrary = koffi.load(base);
  const mainLibrary = koffi.load(main);
  koffi.struct('ggml_init_params', { mem_size: 'size_t', mem_buffer: 'void*', no_alloc: 'bool' });
  koffi.struct('gguf_init_params', { no_alloc: 'bool', ctx: 'void**' });
  return {
    ...contextCalls(baseLibrary),
    ...operationCalls(baseLibrary),
    ...backwardCalls(baseLibrary),
    ...backendCalls(baseLibrary),
    ...fileCalls(baseLibrary),
    loadBackends: mainLibrary.func('void ggml_backend_load_all_from_path(const char*)') as (folder: string) => void,
    openBackend: mainLibrary.func('void* ggml_backend_init_by_type(int, const char*)') as (
      type: number,
      options: null,
    ) => Address,
  };
}

type Library = ReturnType<typeof koffi.load>;

function contextCalls(library: Library) {
  return {
    init: library.func('void* ggml_init(ggml_init_params)') as (settings: {
      mem_size: number;
      mem_buffer: null;
      no_alloc: boolean;
    }) => Context | null,
    free: library.func('void ggml_free(void*)') as (context: Context) => void,
    tensorOverhead: library.func('size_t ggml_tensor_overhead()') as () => number,
    graphOverhead: library.func('size_t ggml_graph_overhead_custom(size_t, bool)') as (
      nodes: number,
      gradients: boolean,
    ) => number,
    newVector: library.func('void* ggml_new_tensor_1d(void*, int, int64)') as Shaped,
    newMatrix: library.func('void* ggml_new_tensor_2d(void*, int, int64, int64)') as Shaped,
    /** Where its values are. */
    address: library.func('void* ggml_get_data(void*)') as (tensor: Tensor) => bigint,
    byteLength: library.func('size_t ggml_nbytes(void*)') as (tensor: Tensor) => number,
    rowBytes: library.func('size_t ggml_row_size(int, int64)') as (type: number, values: number) => number,
    newGraph: library.func('void* ggml_new_graph_custom(void*, size_t, bool)') as (
      context: Context,
      nodes: number,
      gradients: boolean,
    ) => Graph,
    expand: library.func('void ggml_build_forward_expand(void*, void*)') as (graph: Graph, tensor: Tensor) => void,
    setOutput: library.func('void ggml_set_output(void*)') as (tensor: Tensor) => void,
  };
}

function operationCalls(library: Library) {
  return {
    matMul: library.func('void* ggml_mul_mat(void*, void*, void*)') as Binary,
    outProduct: library.func('void* ggml_out_prod(void*, void*, void*)') as Binary,
    add: library.func('void* ggml_add(void*, void*, void*)') as Binary,
    multiply: library.func('void* ggml_mul(void*, void*, void*)') as Binary,
    scale: library.func('void* ggml_scale(void*, void*, float)') as WithNumber,
    rows: library.func('void* ggml_get_rows(void*, void*, void*)') as Binary,
    rmsNorm: library.func('void* ggml_rms_norm(void*, void*, float)') as WithNumber,
    silu: library.func('void* ggml_silu(void*, void*)') as Unary,
    softMax: library.func('void* ggml_soft_max_ext(void*, void*, void*, float, float)') as SoftMax,
    rope: library.func(`void* ggml_rope_ext(${ropeArguments})`) as Rope,
    crossEntropy: library.func('void* ggml_cross_entropy_loss(void*, void*, void*)') as Binary,
    reshape2d: library.func('void* ggml_reshape_2d(void*, void*, int64, int64)') as Reshaped,
    reshape3d: library.func('void* ggml_reshape_3d(void*, void*, int64, int64, int64)') as Reshaped,
    permute: library.func('void* ggml_permute(void*, void*, int, int, int, int)') as Reshaped,
    transpose: library.func('void* ggml_transpose(void*, void*)') as Unary,
    contiguous: library.func('void* ggml_cont(void*, void*)') as Unary,
    view2d: library.func('void* ggml_view_2d(void*, void*, int64, int64, size_t, size_t)') as Reshaped,
    cast: library.func('void* ggml_cast(void*, void*, int)') as WithNumber,
    copy: library.func('void* ggml_cpy(void*, void*, void*)') as Binary,
  };
}

function backwardCalls(library: Library) {
  return {
    rmsNormBack: library.func('void* ggml_rms_norm_back(void*, void*, void*, float)') as (
      context: Context,
      ...rest: [gradient: Tensor, input: Tensor, epsilon: number]
    ) => Tensor,
    rowsBack: library.func('void* ggml_get_rows_back(void*, void*, void*, void*)') as Ternary,
    siluBack: library.func('void* ggml_silu_back(void*, void*, void*)') as Binary,
    softMaxBack: library.func('void* ggml_soft_max_ext_back(void*, void*, void*, float, float)') as SoftMax,
    ropeBack: library.func(`void* ggml_rope_ext_back(${ropeArguments})`) as Rope,
    crossEntropyBack: library.func('void* ggml_cross_entropy_loss_back(void*, void*, void*, void*)') as Ternary,
  };
}

function backendCalls(library: Library) {
  return {
    bufferType: library.func('void* ggml_backend_get_default_buffer_type(void*)') as (backend: bigint) => bigint,
    device: library.func('void* ggml_backend_get_device(void*)') as (backend: bigint) => bigint,
    registry: library.func('void* ggml_backend_dev_backend_reg(void*)') as (device: bigint) => bigint,
    procedure: library.func('void* ggml_backend_reg_get_proc_address(void*, const char*)') as (
      registry: bigint,
      name: string,
    ) => Address,
    allocate: library.func('void* ggml_backend_alloc_ctx_tensors(void*, void*)') as (
      context: Context,
      backend: bigint,
    ) => Address,
    allocateIn: library.func('void* ggml_backend_alloc_ctx_tensors_from_buft(void*, void*)') as (
      context: Context,
      bufferType: bigint,
    ) => Address,
    supports: library.func('bool ggml_backend_dev_supports_op(void*, void*)') as (
      device: bigint,
      operation: Tensor,
    ) => boolean,
    bufferOfMemory: library.func('void* ggml_backend_dev_buffer_from_host_ptr(void*, void*, size_t, size_t)') as (
      device: bigint,
      ...range: [bigint, bytes: number, largest: number]
    ) => Address,
    place: library.func('int ggml_backend_tensor_alloc(void*, void*, void*)') as (
      buffer: bigint,
      tensor: Tensor,
      address: bigint,
    ) => number,
    freeBuffer: library.func('void ggml_backend_buffer_free(void*)') as (buffer: bigint) => void,
    fill: library.func('void ggml_backend_tensor_memset(void*, uint8, size_t, size_t)') as (
      tensor: Tensor,
      value: number,
      ...range: [offset: number, bytes: number]
    ) => void,
    write: library.func('void ggml_backend_tensor_set(void*, const void*, size_t, size_t)') as Transfer,
    read: library.func('void ggml_backend_tensor_get(void*, void*, size_t, size_t)') as Transfer,
    compute: library.func('int ggml_backend_graph_compute(void*, void*)') as (backend: bigint, graph: Graph) => number,
    newAllocator: library.func('void* ggml_gallocr_new(void*)') as (bufferType: bigint) => bigint,
    allocateGraph: library.func('bool ggml_gallocr_alloc_graph(void*, void*)') as (
      allocator: bigint,
      graph: Graph,
    ) => boolean,
    freeAllocator: library.func('void ggml_gallocr_free(void*)') as (allocator: bigint) => void,
  };
}

function fileCalls(library: Library) {
  return {
    openFile: library.func('void* gguf_init_from_file(const char*, gguf_init_params)') as (
      path: string,
      settings: { no_alloc: boolean; ctx: null },
    ) => Address,
    closeFile: library.func('void gguf_free(void*)') as (file: bigint) => void,
    findTensor: library.func('int64 gguf_find_tensor(void*, const char*)') as (file: bigint, name: string) => number,
    typeInFile: library.func('int gguf_get_tensor_type(void*, int64)') as (file: bigint, index: number) => number,
    offsetInData: library.func('size_t gguf_get_tensor_offset(void*, int64)') as (
      file: bigint,
      index: number,
    ) => number,
    dataOffset: library.func('size_t gguf_get_data_offset(void*)') as (file: bigint) => number,
  };
}

const setThreadsType = koffi.proto('void ggml_backend_set_n_threads_t(void*, int)');

const getBufferTypesType = koffi.proto('void* ggml_backend_dev_get_extra_bufts_t(void*)');

/** A list that ends with null. */
export function bufferTypesOf(getter: bigint, device: bigint): bigint[] {
  const list = koffi.call(getter, getBufferTypesType, device) as bigint;
  const types: bigint[] = [];
  for (;;) {
    const next = koffi.decode(list, types.length * koffi.sizeof('void*'), 'void*') as bigint | null;
    if (next === null || next === 0n) return types;
    types.push(next);
  }
}

export function setThreads(setter: bigint, backend: bigint, threads: number): void {
  koffi.call(setter, setThreadsType, backend, threads);
}
