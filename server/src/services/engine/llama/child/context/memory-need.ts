import { GgufInsights, type Llama, readGgufFileInfo } from 'node-llama-cpp';
import type { LoadOptions, MemoryNeed } from '../../messages.ts';
import { contextBytes } from './open-context.ts';

/** Calls that should be able to run at once, when other models can make room for that. */
const comfortableSlots = 4;

/** What a model takes in memory, estimated from its file. */
export async function estimateMemory(llama: Llama, load: LoadOptions): Promise<MemoryNeed> {
  const insights = await GgufInsights.from(await readGgufFileInfo(load.path), llama);
  const gpuLayers = llama.gpu === false ? 0 : insights.totalLayers;
  const contextOf = (sequences: number): Promise<number> => contextBytes(insights, { load, gpuLayers, sequences });
  const slots = load.kind === 'language' ? Math.min(comfortableSlots, load.maxSlots) : 1;
  return {
    weightsBytes: insights.modelSize,
    leastContextBytes: await contextOf(1),
    comfortableContextBytes: await contextOf(slots),
  };
}
