import type { Ggml } from '../ggml/open-ggml.ts';
import type { TrainedModel } from '../graph/training-graph.ts';
import type { LlamaShape } from './llama-shape.ts';
import { type AdapterSettings, createLoraAdapter } from './lora-adapter.ts';
import { mapWeights } from './map-weights.ts';
import { loadProductWeights } from './product-weights.ts';

/** A base that is mapped and transposed, with an adapter that changes nothing yet. */
export async function loadModel(
  ggml: Ggml,
  { path, shape, usesFastCopies }: { path: string; shape: LlamaShape; usesFastCopies: boolean },
  settings: AdapterSettings,
): Promise<TrainedModel> {
  const base = mapWeights(ggml, { path, tensors: [...shape.tensors.values()] });
  const adapter = createLoraAdapter(ggml, { shape, settings });
  return { shape, base, products: await loadProductWeights(ggml, { base, shape, usesFastCopies }), adapter };
}
