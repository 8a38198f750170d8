import { getLlama, type Llama, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp';
import type { LoadedModel, LoadOptions, MemoryNeed } from '../messages.ts';
import type { Prompt } from '../../../../ports/engine.ts';
import { type Embedder, openEmbedder } from './embedder.ts';
import { EngineFailure } from './engine-failure.ts';
import { type LanguageModel, openLanguageModel } from './language-model.ts';
import { estimateMemory } from './context/memory-need.ts';
import { isTiny } from './context/native-context.ts';
import { contextBytes, contextTokensOf } from './context/open-context.ts';
import { PrefixStore } from './scheduling/prefix-store.ts';
import { openReranker, type Reranker } from './reranker.ts';
import type { CompletionOutput } from './scheduling/scheduler.ts';
import { tokensOfText } from './prompt/tokens-of-text.ts';
import { createThreadCount, type ThreadCount } from './context/thread-count.ts';
import { Weights } from './context/weights.ts';
import { told, type Told } from '../../../../errors/told.ts';

interface Resident {
  path: string;
  model: LlamaModel;
  language: LanguageModel | undefined;
  embedder: Embedder | undefined;
  reranker: Reranker | undefined;
}

export interface ModelsOptions {
  threads: number | null;
  gpu: boolean;
  /** For what was evaluated and is in no slot any more, of all models together. */
  prefixBytes: number;
  output: CompletionOutput;
}

/** Calls that may wait inside the child for a model that answers one text after the other. */
const slotsOfTextModels = 4;

/** The models in memory, by name. */
export class Models {
  readonly #options: ModelsOptions;
  readonly #residents = new Map<string, Resident>();
  readonly #weights = new Weights();
  readonly #store: PrefixStore;
  #llama: Promise<Llama> | undefined;

  constructor(options: ModelsOptions) {
    this.#options = options;
    this.#store = new PrefixStore(options.prefixBytes);
  }

  async estimate(load: LoadOptions): Promise<MemoryNeed> {
    return estimateMemory(await this.#openLlama(), load);
  }

  async load(load: LoadOptions): Promise<LoadedModel> {
    const model = await this.#weights.take(await this.#openLlama(), load.path);
    try {
      const context = { load, threads: this.#threadsFor(model), output: this.#options.output, store: this.#store };
      const language = load.kind === 'language' ? await openLanguageModel(model, context) : undefined;
      const embedder = load.kind === 'embedding' ? await openEmbedder(model, context) : undefined;
      const reranker = load.kind === 'reranker' ? await openReranker(model, context) : undefined;
      this.#residents.set(load.model, { path: load.path, model, language, embedder, reranker });
      return {
        slots: language?.slots ?? slotsOfTextModels,
        contextTokens: language?.contextTokens ?? contextTokensOf(model.fileInsights, load),
        weightsBytes: model.size,
        contextBytes: language?.contextBytes ?? (await contextBytesOfTexts(model, load)),
      };
    } catch (error) {
      await this.#weights.giveBack(load.path);
      throw error;
    }
  }

  async unload(name: string): Promise<void> {
    const resident = this.#residents.get(name);
    if (resident === undefined) return;
    this.#residents.delete(name);
    await (resident.language ?? resident.embedder ?? resident.reranker)?.dispose();
    await this.#weights.giveBack(resident.path);
  }

  language(name: string): LanguageModel {
    return present(this.#residents.get(name)?.language, told`The model ${name} does not write answers.`);
  }

  embedder(name: string): Embedder {
    return present(this.#residents.get(name)?.embedder, told`The model ${name} does not embed texts.`);
  }

  reranker(name: string): Reranker {
    return present(this.#residents.get(name)?.reranker, told`The model ${name} does not rank texts.`);
  }

  countTokens(name: string, text: string | Prompt): number {
    return this.tokenize(name, text).length;
  }

  tokenize(name: string, text: string | Prompt): number[] {
    if (typeof text !== 'string') return this.language(name).tokensOf(text);
    return tokensOfText(this.#model(name), text);
  }

  detokenize(name: string, tokens: readonly number[]): string {
    const model = this.#model(name);
    const { tokens: vocabulary } = model.fileInfo.metadata.tokenizer.ggml;
    if (tokens.some((token) => token >= vocabulary.length))
      throw new EngineFailure('invalid_format', told`There is a number that is no token of this model.`);
    return model.detokenize(tokens as Token[], true);
  }

  #model(name: string): LlamaModel {
    return present(this.#residents.get(name), told`The model ${name} is not loaded.`).model;
  }

  abort(id: number): void {
    for (const { language } of this.#residents.values()) language?.abort(id);
  }

  #openLlama(): Promise<Llama> {
    this.#llama ??= openLlama(this.#options);
    return this.#llama;
  }

  #threadsFor(model: LlamaModel): ThreadCount {
    const { threads } = this.#options;
    // A second thread costs a model this small more than it brings.
    return createThreadCount({ fixed: threads ?? (isTiny(model) ? 1 : null), cores: model.llama.cpuMathCores });
  }
}

function contextBytesOfTexts(model: LlamaModel, load: LoadOptions): Promise<number> {
  return contextBytes(model.fileInsights, { load, gpuLayers: model.gpuLayers, sequences: 1 });
}

function present<T>(value: T | undefined, otherwise: Told): T {
  if (value === undefined) throw new EngineFailure('model_unknown', otherwise);
  return value;
}

function openLlama({ threads, gpu }: ModelsOptions): Promise<Llama> {
  return getLlama({
    build: 'never',
    skipDownload: true,
    gpu: gpu ? 'auto' : false,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    ...(threads === null ? {} : { maxThreads: threads }),
  });
}
