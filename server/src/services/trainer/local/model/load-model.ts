import type { Ggml } from '../ggml/open-ggml.ts';
import type { TrainedModel } from '../graph/training-graph.ts';
import type { LlamaShape } from './llama-shape.ts';
import { createLoraAdapter } from './lora-adapter.ts';
import { mapBase } from './map-base.ts';
import { transposeWeights } from './transpose-weights.ts';

export interface AdapterSettings {
  rank: number;
  alpha: number;
  seed: number;
}

/** A base that is mapped and transposed, with an adapter that changes nothing yet. */
export async function loadModel(
  ggml: Ggml,
  { path, shape }: { path: string; shape: LlamaShape },
  settings: AdapterSettings,
): Promise<TrainedModel> {
  const base = mapBase(ggml, { path, shape });
  const adapter = createLoraAdapter(ggml, { shape, ...settings });
  return { shape, base, transposed: await transposeWeights(ggml, { base, shape }), adapter };
}
