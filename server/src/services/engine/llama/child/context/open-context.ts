import { type GgufInsights, InsufficientMemoryError, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import type { LoadOptions } from '../../messages.ts';
import { EngineFailure } from '../engine-failure.ts';
import type { LoadContext } from './load-context.ts';
import { isTiny } from './native-context.ts';
import { told } from '../../../../../errors/told.ts';

/** Tokens of one decode. */
export const batchTokens = 512;
/** Memory for what the sequences hold: this much, or twice the weights when that is more. */
const smallestCacheBytes = 2 ** 31;

export interface OpenedContext {
  context: LlamaContext;
  slots: number;
  /** Memory that it takes, estimated. */
  bytes: number;
  /** What one token takes in a sequence, estimated. */
  bytesPerToken: number;
}

/** A context with as many sequences as asked for, or as the memory holds, over the weights and the adapter. */
export async function openContext(model: LlamaModel, { load, threads }: LoadContext): Promise<OpenedContext> {
  const { fileInsights: insights, gpuLayers } = model;
  const estimate = (sequences: number): Promise<number> => contextBytes(insights, { load, gpuLayers, sequences });
  const { slots, bytes } = await chooseSlotCount(insights, { load, estimate });
  const contextSize = contextTokensOf(insights, load);
  const bytesPerToken = ((await estimate(2)) - (await estimate(1))) / contextSize;
  const options = {
    sequences: slots,
    contextSize,
    batchSize: batchTokens,
    threads: threads(),
    swaFullCache: true,
    ...(isTiny(model) ? { flashAttention: false } : {}),
  };
  const context =
    load.adapterPath === undefined
      ? await createContext(model, options)
      : await createAdapted(model, { ...options, lora: { adapters: [{ filePath: load.adapterPath }] } });
  return { context, slots, bytes, bytesPerToken };
}

/** Bytes that a context of so many sequences takes. */
export async function contextBytes(
  insights: GgufInsights,
  { load, gpuLayers, sequences }: { load: LoadOptions; gpuLayers: number; sequences: number },
): Promise<number> {
  const contextSize = contextTokensOf(insights, load);
  const isEmbeddingContext = load.kind !== 'language';
  const { cpuRam, gpuVram } = await insights.estimateContextResourceRequirementsV2({
    contextSize,
    sequences,
    isEmbeddingContext,
    batchSize: isEmbeddingContext ? contextSize : batchTokens,
    modelGpuLayers: gpuLayers,
    swaFullCache: true,
  });
  return cpuRam + gpuVram;
}

/** Tokens that one sequence holds. */
export function contextTokensOf(insights: GgufInsights, { contextTokens }: LoadOptions): number {
  return Math.min(contextTokens, insights.trainContextSize ?? contextTokens);
}

async function chooseSlotCount(
  { modelSize }: GgufInsights,
  { load, estimate }: { load: LoadOptions; estimate: (sequences: number) => Promise<number> },
) {
  const limit = Math.min(load.memoryBytes, Math.max(2 * modelSize, smallestCacheBytes));
  for (let slots = load.maxSlots; slots > 0; slots--) {
    const bytes = await estimate(slots);
    if (bytes <= limit) return { slots, bytes };
  }
  throw notEnoughMemory();
}

type ContextOptions = NonNullable<Parameters<LlamaModel['createContext']>[0]>;

async function createContext(model: LlamaModel, options: ContextOptions): Promise<LlamaContext> {
  try {
    return await model.createContext(options);
  } catch (error) {
    throw error instanceof InsufficientMemoryError ? notEnoughMemory() : error;
  }
}

async function createAdapted(model: LlamaModel, options: ContextOptions): Promise<LlamaContext> {
  try {
    return await createContext(model, options);
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    throw new EngineFailure(
      'model_incapable',
      told`The adapter does not fit this model: it is damaged, or made for another.`,
    );
  }
}

function notEnoughMemory(): EngineFailure {
  return new EngineFailure('model_unavailable', told`There is not enough memory for this model; choose a smaller one.`);
}
