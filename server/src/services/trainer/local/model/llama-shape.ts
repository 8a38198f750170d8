import type { DescribedTensor } from '../../../../models/model-description.ts';
import type { Hyperparameters, TrainingTargets } from '../../../../ports/trainer.ts';

/** The sizes of a dense LLaMA, and how its weights are kept. */
export interface LlamaShape {
  layers: number;
  width: number;
  heads: number;
  keyValueHeads: number;
  headWidth: number;
  feedForward: number;
  vocabulary: number;
  contextTokens: number;
  /** Of the norms. */
  epsilon: number;
  ropeBase: number;
  /** Dimensions of a head that are rotated. */
  ropeWidth: number;
  /** The matrix that makes logits: one of its own, or that of the embeddings. */
  outputName: 'output.weight' | 'token_embd.weight';
  hasRopeFactors: boolean;
  /** All of the file, by name. */
  tensors: ReadonlyMap<string, DescribedTensor>;
  fileBytes: number;
}

/** The matrices of a layer, all of which can be trained. */
export const projections = ['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'] as const;
export type Projection = (typeof projections)[number];

/** Those that an adapter is made for. */
export function targetedProjections(targets: TrainingTargets): readonly Projection[] {
  return targets === 'all' ? projections : projections.filter((projection) => projection.startsWith('ffn_'));
}

export function weightName(layer: number, projection: Projection | 'attn_norm' | 'ffn_norm'): string {
  return `blk.${layer}.${projection}.weight`;
}

/** Numbers that a projection takes and gives for each token. */
export function projectionSize(shape: LlamaShape, projection: Projection): { from: number; to: number } {
  const { width, feedForward } = shape;
  const queries = shape.heads * shape.headWidth;
  const keys = shape.keyValueHeads * shape.headWidth;
  const sizes: Record<Projection, readonly [number, number]> = {
    attn_q: [width, queries],
    attn_k: [width, keys],
    attn_v: [width, keys],
    attn_output: [queries, width],
    ffn_gate: [width, feedForward],
    ffn_up: [width, feedForward],
    ffn_down: [feedForward, width],
  };
  const [from, to] = sizes[projection];
  return { from, to };
}

/** Of the adapter: two matrices for each projection. */
export function adapterParameters(
  shape: LlamaShape,
  { rank, targets }: Pick<Hyperparameters, 'rank' | 'targets'>,
): number {
  const perLayer = targetedProjections(targets).reduce((sum, projection) => {
    const { from, to } = projectionSize(shape, projection);
    return sum + rank * (from + to);
  }, 0);
  return shape.layers * perLayer;
}
