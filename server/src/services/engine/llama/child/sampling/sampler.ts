import type { LlamaModel } from 'node-llama-cpp';
import type { SamplingOptions } from '../../../../../models/language-model.ts';
import type { LogprobEntry } from '../../../../../ports/engine.ts';
import { EngineFailure } from '../engine-failure.ts';
import { createLogprobReader } from './logprobs.ts';
import {
  createGrammarState,
  createNativeSampler,
  type NativeContext,
  type NativeSamplerConfig,
} from '../context/native-context.ts';
import { tokenTypes, tokenTypesOf } from './token-bytes.ts';
import { told } from '../../../../../errors/told.ts';

export interface DrawnToken {
  token: number;
  /** How likely it and others were, when asked for. */
  logprob: LogprobEntry | undefined;
}

/** Draws the tokens of one completion. */
export interface Sampler {
  /**
   * How many draws may be under way at once: any number where a draw depends on nothing but its place, one where it
   * depends on those before, and none before the step is done where its time must be watched.
   */
  readonly mostQueued: number;
  /**
   * The next token, from the logits at this place of the batch; what is drawn counts for penalties and grammar, so that
   * places must be drawn from in the order of the text.
   */
  draw(place: number): Promise<DrawnToken>;
  dispose(): void;
}

export interface SamplerOptions {
  model: LlamaModel;
  native: NativeContext;
  sampling: SamplingOptions;
  prompt: readonly number[];
  contextTokens: number;
  /** GBNF that the text is forced into. */
  grammar: string | undefined;
  /** Special tokens that are text for whoever reads the answer. */
  shownTokens: ReadonlySet<number>;
  topLogprobs: number | undefined;
}

/** Each ambiguity of a grammar can double the time that every further token takes, for all others too. */
const slowestDrawMs = 5000;

export function createSampler(options: SamplerOptions): Sampler {
  const { model, native, grammar, topLogprobs } = options;
  const config = configOf(options);
  if (grammar !== undefined) config.grammarEvaluationState = createGrammarState(model, grammar);
  const sampler = createNativeSampler(model, config);
  const logprobs = topLogprobs === undefined ? undefined : createLogprobReader({ model, native, top: topLogprobs });

  async function drawToken(place: number): Promise<number> {
    const token = await native.sampleToken(place, sampler);
    if (token === -1) throw new Error('the model gave no token');
    return token;
  }

  async function drawInGrammar(place: number): Promise<number> {
    const startedAt = performance.now();
    const token = await native.sampleToken(place, sampler).catch(() => -1);
    // llama.cpp fails when every token is forbidden, by the grammar or by grammar and bias together.
    if (token === -1)
      throw new EngineFailure('invalid_format', told`The model has no token that the format allows next.`);
    if (performance.now() - startedAt <= slowestDrawMs) return token;
    throw new EngineFailure('invalid_format', told`The format can be read in too many ways at once to be followed.`);
  }

  return {
    mostQueued: grammar !== undefined ? 0 : isStateless(config) ? Infinity : 1,
    async draw(place) {
      const token = await (grammar === undefined ? drawToken(place) : drawInGrammar(place));
      return { token, logprob: await logprobs?.read(place, token) };
    },
    dispose() {
      sampler.dispose();
      logprobs?.dispose();
    },
  };
}

/** The likeliest token, whatever was drawn before. */
function isStateless({ temperature, repeatPenalty }: NativeSamplerConfig): boolean {
  return temperature === undefined && repeatPenalty === undefined;
}

/** Beyond these, numbers in single precision become infinite and probabilities no numbers. */
const largest = { temperature: 100, penalty: 1000, bias: 1000, repeatPenalty: 100 };
const smallestRepeatPenalty = 0.01;
/** A bias of so much forbids a token. */
const forbidding = -100;
/** llama.cpp takes this seed for none. */
const randomSeed = 2 ** 32 - 1;

/** There is no sampler for `typicalP` in this engine: see its traits. */
function configOf({ model, sampling, prompt, contextTokens, grammar, shownTokens }: SamplerOptions) {
  const { temperature, topK, topP, minP, seed } = sampling;
  const config: NativeSamplerConfig = { ...penaltiesOf(sampling, { prompt, contextTokens }) };
  if (temperature > 0) {
    config.temperature = Math.min(temperature, largest.temperature);
    config.seed = Math.abs(seed ?? Math.floor(Math.random() * randomSeed)) % randomSeed;
    if (topK > 0) config.topK = Math.min(topK, vocabularyOf(model));
    if (topP < 1) config.topP = Math.max(0, topP);
    if (minP > 0) config.minP = Math.min(minP, 1);
  }
  const biases = biasesOf(model, sampling);
  if (grammar !== undefined) for (const token of hiddenTokens(model, shownTokens)) biases.set(token, -Infinity);
  if (biases.size > 0) {
    config.tokenBiasKeys = Uint32Array.from(biases.keys());
    config.tokenBiasValues = Float32Array.from(biases.values());
  }
  return config;
}

function penaltiesOf(
  { repeatPenalty, repeatLastN, presencePenalty, frequencyPenalty }: SamplingOptions,
  { prompt, contextTokens }: { prompt: readonly number[]; contextTokens: number },
): NativeSamplerConfig {
  const lastTokens = repeatLastN < 0 ? contextTokens : Math.min(repeatLastN, contextTokens);
  if (lastTokens === 0 || (repeatPenalty === 1 && presencePenalty === 0 && frequencyPenalty === 0)) return {};
  return {
    repeatPenalty: clamp(repeatPenalty, smallestRepeatPenalty, largest.repeatPenalty),
    repeatPenaltyMaxTokens: lastTokens,
    repeatPenaltyTokens: Uint32Array.from(prompt.slice(-lastTokens)),
    repeatPenaltyPresencePenalty: clamp(presencePenalty, -largest.penalty, largest.penalty),
    repeatPenaltyFrequencyPenalty: clamp(frequencyPenalty, -largest.penalty, largest.penalty),
  };
}

function biasesOf(model: LlamaModel, { logitBias }: SamplingOptions): Map<number, number> {
  const biases = new Map(Object.entries(logitBias).map(([token, bias]) => [Number(token), bias]));
  for (const [token, bias] of biases) {
    if (!Number.isInteger(token) || token < 0 || token >= vocabularyOf(model)) {
      throw new EngineFailure('invalid_format', told`A logit bias names a number that is no token of this model.`);
    }
    biases.set(token, bias <= forbidding ? -Infinity : Math.min(bias, largest.bias));
  }
  return biases;
}

const controlTokens = new WeakMap<LlamaModel, number[]>();

/** Control tokens that do not end a text: to a grammar they are their names, but nobody sees those. */
function hiddenTokens(model: LlamaModel, shown: ReadonlySet<number>): number[] {
  let hidden = controlTokens.get(model);
  if (hidden === undefined) {
    hidden = tokenTypesOf(model).flatMap((type, token) =>
      type === tokenTypes.control && !model.isEogToken(token as never) ? [token] : [],
    );
    controlTokens.set(model, hidden);
  }
  return hidden.filter((token) => !shown.has(token));
}

function vocabularyOf(model: LlamaModel): number {
  return model.fileInfo.metadata.tokenizer.ggml.tokens.length;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
