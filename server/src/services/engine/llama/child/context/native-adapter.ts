import type { LlamaModel } from 'node-llama-cpp';

/** Internal to node-llama-cpp, whose version is pinned. */
interface NativeAdapter {
  /** Contexts that have it. */
  usages: number;
  dispose(): Promise<void>;
}

/** Frees an adapter of a context that is gone: the library keeps it until the weights are gone, too. */
export async function freeAdapter(model: LlamaModel, path: string): Promise<void> {
  const { _loraAdapters: adapters } = model as unknown as { _loraAdapters?: Map<string, NativeAdapter> };
  const adapter = adapters?.get(path);
  if (adapter === undefined || --adapter.usages > 0) return;
  adapters?.delete(path);
  await adapter.dispose();
}
