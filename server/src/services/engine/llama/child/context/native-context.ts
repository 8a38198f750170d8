import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { EngineFailure } from '../engine-failure.ts';
import { told } from '../../../../../errors/told.ts';

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
  /** As above, and what the sampler left to draw from: see `LogitQuery`. */
  sampleToken(batchIndex: number, sampler: NativeSampler, ...query: LogitQuery): Promise<SampledLogits>;
  /** False when the model cannot forget a part (a recurrent one). */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  disposeSequence(sequence: number): void;
  copySequenceStateFromOtherSequence(target: number, source: number): Promise<number>;
  saveSequenceStateToFile(path: string, sequence: number, tokens: Uint32Array): Promise<number>;
  /** Rejects when the file holds the state of more tokens. */
  loadSequenceStateFromFile(path: string, sequence: number, mostTokens: number): Promise<Uint32Array>;
  setThreads(threads: number): void;
}

/** The logits wanted: of all tokens left (`true`), or of some, with or without the highest, lowest and drawn one. */
export type LogitQuery = [
  probabilities: false,
  confidence: false,
  logits: true | [tokens: readonly number[], max: boolean, min: boolean, drawn: boolean, top: number],
  totalWeight: boolean,
];

/** `logits` are tokens and logits in turn; the total weight is the sum of `exp(logit - highest logit)`. */
export type SampledLogits = [
  token: number,
  probabilities: undefined,
  confidence: number | undefined,
  logits: readonly number[],
  totalWeight?: number,
];

/** A sampler that is not named in it is off; without a temperature the likeliest token is taken. */
export interface NativeSamplerConfig {
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  seed?: number;
  repeatPenalty?: number;
  repeatPenaltyMaxTokens?: number;
  /** What was written before; what is drawn is remembered by the sampler itself. */
  repeatPenaltyTokens?: Uint32Array;
  repeatPenaltyPresencePenalty?: number;
  repeatPenaltyFrequencyPenalty?: number;
  tokenBiasKeys?: Uint32Array;
  tokenBiasValues?: Float32Array;
  grammarEvaluationState?: NativeGrammarState;
}

export interface NativeSampler {
  applyConfig(config: NativeSamplerConfig): void;
  dispose(): void;
}

/** Where in its grammar a text is. */
export type NativeGrammarState = object;

interface NativeModel {
  getTotalParameters(): number;
}

interface Bindings {
  AddonSampler: new (model: NativeModel) => NativeSampler;
  AddonGrammar: new (grammar: string, options: { addonExports: unknown; rootRuleName: string }) => object;
  AddonGrammarEvaluationState: new (model: NativeModel, grammar: object) => NativeGrammarState;
}

const usedMethods = [
  'initBatch',
  'addToBatch',
  'decodeBatch',
  'sampleToken',
  'removeTokenCellsFromSequence',
  'disposeSequence',
  'copySequenceStateFromOtherSequence',
  'saveSequenceStateToFile',
  'loadSequenceStateFromFile',
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
export function createNativeSampler(model: LlamaModel, config: NativeSamplerConfig): NativeSampler {
  const sampler = new (bindingsOf(model).AddonSampler)(nativeModelOf(model));
  sampler.applyConfig(config);
  return sampler;
}

/** The beginning of a grammar in GBNF. Fails with `invalid_format` when llama.cpp does not take it. */
export function createGrammarState(model: LlamaModel, grammar: string): NativeGrammarState {
  const bindings = bindingsOf(model);
  try {
    const compiled = new bindings.AddonGrammar(grammar, { addonExports: bindings, rootRuleName: 'root' });
    return new bindings.AddonGrammarEvaluationState(nativeModelOf(model), compiled);
  } catch {
    throw new EngineFailure('invalid_format', told`The grammar has an error; check its rules.`);
  }
}

const tinyModelParameters = 30e6;

/**
 * Whether the model fits into the caches of a processor, so that what helps larger ones harms it: with flash attention a
 * step of nano took twice as long for one token and five times as long for sixteen.
 */
export function isTiny(model: LlamaModel): boolean {
  return nativeModelOf(model).getTotalParameters() < tinyModelParameters;
}

function nativeModelOf(model: LlamaModel): NativeModel {
  const { _model: native } = model as unknown as { _model: NativeModel };
  return native;
}

function bindingsOf(model: LlamaModel): Bindings {
  const { _bindings: bindings } = model.llama as unknown as { _bindings: Bindings };
  return bindings;
}
