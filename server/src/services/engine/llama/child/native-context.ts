import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';

/**
 * The native context under node-llama-cpp's `LlamaContext`, driven directly: one decode of a batch and one draw per
 * sequence, without the library's queue, locks and generators. Measured: 0.003 ms of JavaScript per token instead of 0.5.
 * These members are internal to node-llama-cpp, whose version is pinned: `nativeContextOf` fails at once when they are not there.
 */
export interface NativeContext {
  initBatch(tokens: number): void;
  /** Returns the place of each of `logitIndexes` in the batch, for `sampleToken`. */
  addToBatch(sequence: number, firstPosition: number, tokens: Uint32Array, logitIndexes: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  /** -1 when nothing could be drawn. */
  sampleToken(batchIndex: number, sampler: NativeSampler): Promise<Token | -1>;
  /** False when the model cannot forget a part (a recurrent one). */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  disposeSequence(sequence: number): void;
  copySequenceStateFromOtherSequence(target: number, source: number): Promise<number>;
  setThreads(threads: number): void;
}

export interface NativeSampler {
  applyConfig(config: { temperature: number; topK: number; topP: number; seed: number }): void;
  dispose(): void;
}

const usedMethods = [
  'initBatch',
  'addToBatch',
  'decodeBatch',
  'sampleToken',
  'removeTokenCellsFromSequence',
  'disposeSequence',
  'copySequenceStateFromOtherSequence',
  'setThreads',
] as const satisfies (keyof NativeContext)[];

export function nativeContextOf(context: LlamaContext): NativeContext {
  const { _ctx: native } = context as unknown as { _ctx?: NativeContext };
  if (native === undefined || usedMethods.some((method) => typeof native[method] !== 'function')) {
    throw new Error('this version of node-llama-cpp has another native context');
  }
  return native;
}

/** A sampler for one completion: its random numbers start with its seed. */
export function createNativeSampler(model: LlamaModel): NativeSampler {
  const { _bindings: bindings } = model.llama as unknown as {
    _bindings: { AddonSampler: new (model: unknown) => NativeSampler };
  };
  return new bindings.AddonSampler(nativeModelOf(model));
}

const tinyModelParameters = 30e6;

/**
 * Whether the model fits into the caches of a processor, so that what helps larger ones harms it: with flash attention a
 * step of nano took twice as long for one token and five times as long for sixteen.
 */
export function isTiny(model: LlamaModel): boolean {
  return nativeModelOf(model).getTotalParameters() < tinyModelParameters;
}

function nativeModelOf(model: LlamaModel): { getTotalParameters(): number } {
  const { _model: native } = model as unknown as { _model: { getTotalParameters(): number } };
  return native;
}
