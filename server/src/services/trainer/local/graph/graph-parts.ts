import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Operations } from '../ggml/operations.ts';
import type { LlamaShape } from '../model/llama-shape.ts';
import type { LoraAdapter, LoraParameter } from '../model/lora-adapter.ts';

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
  /** Tokens of one step. */
  tokens: number;
  /** Of each token in its row. */
  positions: Tensor;
  /** `[tokens, tokens]`: 0 where a token may look, -Infinity elsewhere. */
  mask: Tensor;
  weight(name: string): Tensor;
  transposed(name: string): Tensor;
  rope(tensor: Tensor): Tensor;
  ropeBack(gradient: Tensor): Tensor;
  keepGradient(parameter: LoraParameter, gradient: Tensor): void;
}
