import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Operations } from '../ggml/operations.ts';
import type { LlamaShape } from '../model/llama-shape.ts';
import type { ProductWeights } from '../model/product-weights.ts';
import type { LoraAdapter, LoraParameter } from '../model/lora-adapter.ts';
import type { ComputedTokens } from './computed-tokens.ts';

/** A part of the model in a graph: what it gives, and how a gradient goes back through it. */
export interface Differentiable {
  output: Tensor;
  /** Takes the gradient of the output, keeps those of parameters, and returns that of the input. */
  backward(gradient: Tensor): Tensor;
}

/** What parts of a graph are built from. */
export interface GraphParts {
  operations: Operations;
  shape: LlamaShape;
  adapter: LoraAdapter;
  all: ComputedTokens;
  /** Those that predict a token of an answer. */
  answering: ComputedTokens;
  weight(name: string): Tensor;
  product(name: string): ProductWeights;
  rope(tensor: Tensor, positions: Tensor): Tensor;
  ropeBack(gradient: Tensor, positions: Tensor): Tensor;
  keepGradient(parameter: LoraParameter, gradient: Tensor): void;
}
